namespace Plumbline.Tuning.Domains;

/// <summary>Harmless company news: revenue, dividends, forecasts.</summary>
static class Finance
{
    public static DomainGrammar Grammar { get; } = new(
        "finance",
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["company"] = ["Orvalo Holdings", "Northfield Foods", "Silverlake Energy", "Brightway Logistics", "Maple Software", "Harbor Textiles", "Granite Paper", "Clearwater Rail"],
            ["quarter"] = ["the first quarter", "the second quarter", "the third quarter", "the fourth quarter"],
            ["metric"] = ["revenue", "operating income", "net profit", "cash flow", "the gross margin", "the order book"],
            ["percent"] = ["two percent", "three percent", "five percent", "eight percent", "ten percent", "twelve percent"],
            ["product"] = ["furniture", "coffee machines", "garden tools", "winter coats", "bicycles", "printing paper", "solar panels"],
            ["market"] = ["the domestic market", "the European market", "the Asian market", "the northern region"],
            ["analysts"] = ["analysts", "shareholders", "portfolio managers", "the supervisory board", "long-term investors"],
            ["asset"] = ["government bonds", "common shares", "an index fund", "a savings account", "a pension plan"],
        },
        "{company} reports {quarter}",
        [
            "In this report {metric} is defined as the amount that {company} earned in {quarter}.",
            "We define {metric} as the figure that {analysts} compare in {quarter}.",
        ],
        [
            new DomainFinding(
                "{company} announced that {metric} increased by {percent} in {quarter} on {market}.",
                "the management proposed a higher dividend to {analysts} for {quarter}.",
                "the subscription business for {product} contributed to the {metric}.",
                "the expenditure for transportation and advertising increased as well.",
                "stronger demand for {product} on {market} during {quarter}.",
                "{metric} of {company} was {percent} higher than a year before."),
            new DomainFinding(
                "{analysts} expected that the valuation of {company} would remain stable in {quarter}.",
                "the recommendation for {asset} was confirmed by {analysts}.",
                "the diversification into {product} was discussed at the conference.",
                "the share price of {company} declined by {percent} on {market}.",
                "the conservative forecast for {product} that {company} published.",
                "{analysts} did not expect a large movement of the share price."),
            new DomainFinding(
                "The investment of {company} in a new factory for {product} was completed in {quarter}.",
                "the production capacity of {company} increased by {percent}.",
                "a partnership with a distribution company on {market} was announced.",
                "the depreciation of older equipment reduced {metric} by {percent}.",
                "the favourable interest rate on {asset} during {quarter}.",
                "{company} finished the construction of its factory for {product}."),
        ]);
}
