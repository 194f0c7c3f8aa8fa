namespace Plumbline.Tuning.Domains;

/// <summary>Harmless civil cases: leases, contracts, gardens.</summary>
static class Law
{
    public static DomainGrammar Grammar { get; } = new(
        "law",
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["plaintiff"] = ["the tenant", "the buyer", "the contractor", "the employee", "the customer", "the library", "the farmer"],
            ["defendant"] = ["the landlord", "the seller", "the owner", "the employer", "the insurance company", "the municipality"],
            ["subject"] = ["a lease", "a sales contract", "a garden wall", "an employment agreement", "a warranty", "a building permit", "a right of way"],
            ["court"] = ["the district court", "the court of appeal", "the supreme court", "the county court"],
            ["statute"] = ["the civil code", "the housing act", "the consumer protection act", "the labour act", "the building regulation"],
            ["remedy"] = ["a repair", "a refund", "a compensation", "a correction", "an extension", "a new delivery"],
            ["document"] = ["the written agreement", "the registered letter", "the inspection report", "the receipt", "the correspondence"],
            ["days"] = ["ten days", "fourteen days", "thirty days", "sixty days"],
        },
        "{plaintiff} and {defendant} on {subject}",
        [
            "In this case {subject} is defined as an obligation under {statute} between two parties.",
            "We define {subject} as the matter that {court} has to interpret.",
        ],
        [
            new DomainFinding(
                "{court} decided that {defendant} must grant {remedy} to {plaintiff} within {days}.",
                "{defendant} accepted the responsibility under {statute}.",
                "the documentation of {subject} was submitted by {plaintiff}.",
                "the obligation to pay the administrative costs was divided between the parties.",
                "the interpretation of {statute} by {court} in earlier decisions.",
                "{plaintiff} has the right to {remedy} within {days}."),
            new DomainFinding(
                "{plaintiff} presented {document} to {court} as evidence about {subject}.",
                "{court} considered the argument of {plaintiff} to be justified.",
                "the representative of {defendant} requested an explanation of {document}.",
                "{defendant} presented a different description of {subject}.",
                "the requirement of {statute} to keep {document} for {days}.",
                "{document} was shown to {court} by {plaintiff}."),
            new DomainFinding(
                "The parties negotiated a settlement about {subject} for {days} before {court} met.",
                "the proceedings before {court} were closed without a decision.",
                "a confidentiality clause was added to {document} by the parties.",
                "{defendant} did not agree with the amount of the compensation.",
                "the recommendation of {court} to find {remedy} for {plaintiff}.",
                "{plaintiff} and {defendant} talked about {subject} before the hearing."),
        ]);
}
