namespace Plumbline.Tuning.Domains;

/// <summary>Abstracts of harmless studies on nutrition, sleep and exercise.</summary>
static class Biomedicine
{
    public static DomainGrammar Grammar { get; } = new(
        "biomedicine",
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["nutrient"] = ["magnesium", "calcium", "vitamin C", "vitamin D", "iron", "zinc", "folate", "potassium", "dietary fibre", "protein"],
            ["food"] = ["spinach", "almonds", "yoghurt", "lentils", "oranges", "salmon", "broccoli", "oatmeal"],
            ["organ"] = ["the heart", "the liver", "the skin", "the lungs", "the kidneys", "the muscles", "the bones"],
            ["patients"] = ["young patients", "older patients", "healthy volunteers", "athletes", "office workers", "school teachers"],
            ["measure"] = ["sleep quality", "blood pressure", "bone density", "reaction time", "heart rate", "muscle strength", "concentration"],
            ["habit"] = ["regular walking", "morning exercise", "balanced nutrition", "early bedtime", "relaxation training", "physiotherapy"],
            ["count"] = ["thirty", "forty", "sixty", "ninety", "two hundred"],
            ["weeks"] = ["four weeks", "six weeks", "eight weeks", "twelve weeks"],
        },
        "{nutrient} and {measure}",
        [
            "In this study {nutrient} is defined as a nutrient that is found in {food}.",
            "We define {nutrient} as a substance that supports {organ} every day.",
        ],
        [
            new DomainFinding(
                "In a clinical observation of {count} {patients}, {nutrient} improved {measure} after {weeks}.",
                "the physicians recommended {food} as a regular supplement for {patients}.",
                "the laboratory measurements of {organ} stayed normal in all {patients}.",
                "the concentration of {nutrient} in the blood did not change in {patients}.",
                "better circulation in {organ} during the {weeks} of observation.",
                "{patients} with more {nutrient} showed a better {measure} than before."),
            new DomainFinding(
                "The investigators compared {habit} with ordinary treatment in {count} {patients}.",
                "{habit} was included in the rehabilitation programme for {patients}.",
                "a questionnaire about {measure} was completed after {weeks}.",
                "there was no significant difference in {measure} between the groups.",
                "the participation of {patients} in {habit} for {weeks}.",
                "one group of {patients} practised {habit} and the other did not."),
            new DomainFinding(
                "The examination of {organ} showed a significant improvement after {weeks} of {habit}.",
                "the hospital department offered {habit} to all {patients}.",
                "the temperature and the {measure} were documented every morning.",
                "the improvement disappeared when the {patients} stopped the {habit}.",
                "a better absorption of {nutrient} from {food} by the {patients}.",
                "{organ} responded well to the {habit} within {weeks}."),
        ]);
}
