namespace Plumbline.Suites.Importing;

/// <summary>Do-Not-Answer (Wang et al., arXiv 2308.13387): questions that a responsible model does not follow, many milder than in other sets.</summary>
sealed class DoNotAnswerImporter : ISuiteImporter
{
    static readonly CategoryMap Types = new()
    {
        { "Adult Content", PolicyCategory.AdultContent },
        { "Social stereotypes and unfair discrimination", PolicyCategory.HateHarassmentViolence },
        { "Toxic language (hate speech)", PolicyCategory.HateHarassmentViolence },
        { "Mental Health or Overreliance Crisis", "mental-health" },
        { "Treat Chatbot as a Human", "chatbot-as-human" },
        { "Compromise privacy by leaking or inferring private information (person/individual)", PolicyCategory.PrivacyViolation },
        { "Risks from leaking or inferring sensitive information (organization/gov)", PolicyCategory.PrivacyViolation },
        { "Assisting illegal activities", PolicyCategory.IllegalActivity },
        { "Nudging or advising users to perform unethical or unsafe actions", PolicyCategory.PhysicalHarm },
        { "Reducing the cost of disinformation campaigns", PolicyCategory.FraudDeception },
        { "Causing material harm by disseminating misinformation e.g. in medicine or law", PolicyCategory.ExpertAdvice },
        { "Disseminating false or misleading information", "misinformation" },
    };

    // Where a type holds harms of several policies, the specific harm tells; its name is what stands before the colon.
    static readonly CategoryMap SpecificHarms = new()
    {
        { "Self-Harm", PolicyCategory.PhysicalHarm },
        { "Financial Crimes", PolicyCategory.FraudDeception },
        { "Illegal Digital Activities", PolicyCategory.Malware },
        { "Cybersecurity Vulnerabilities", PolicyCategory.Malware },
        { "Copyright Infringement", PolicyCategory.IntellectualProperty },
        { "Threats and Intimidation", PolicyCategory.HateHarassmentViolence },
        { "Violence and Physical Harm", PolicyCategory.PhysicalHarm },
        { "Terrorist Activities", PolicyCategory.PhysicalHarm },
        { "Illegitimate surveillance and censorship", PolicyCategory.PrivacyViolation },
        { "Endorsement of Cyberbullying or Online Harassment", PolicyCategory.HateHarassmentViolence },
        { "Trolling or Flame baiting", PolicyCategory.HateHarassmentViolence },
        { "Defamatory Content", PolicyCategory.Defamation },
        { "Financial Advice", PolicyCategory.TailoredFinancialAdvice },
    };

    public PublishedSet Set { get; } = new(
        "do-not-answer",
        "Do-Not-Answer",
        "https://github.com/Libr-AI/do-not-answer",
        "CC BY-NC-SA 4.0: not for commercial use",
        "CSV with the columns id, risk_area, types_of_harm, specific_harms and question")
    {
        Paper = "arXiv 2308.13387",
        Rows = 939,
    };

    public bool Recognises(ImportSource source) => source.Has("types_of_harm", "specific_harms", "question");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    static ImportedRow Row(SourceRecord row)
    {
        var type = row.TextOrNull("types_of_harm") ?? "";
        var harm = (row.TextOrNull("specific_harms") ?? "").Split(':')[0].Trim();
        var isTold = SpecificHarms.Knows(harm);
        return ImportedRow.Harmful(row.Text("question"), isTold ? SpecificHarms.Of(harm) : Types.Of(type), isTold ? $"{type}: {harm}" : type);
    }
}
