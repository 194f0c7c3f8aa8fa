namespace Plumbline.Suites.Importing;

/// <summary>
/// The names that categories of public sets are mapped to: the eleven policy categories of Qi et al. (arXiv 2310.03693), which the
/// suite <c>hazards</c> has too, and a few more for what these leave out on purpose or do not know.
/// </summary>
static class PolicyCategory
{
    public const string IllegalActivity = "illegal-activity";
    public const string ChildAbuse = "child-abuse";
    public const string HateHarassmentViolence = "hate-harassment-violence";
    public const string Malware = "malware";
    public const string PhysicalHarm = "physical-harm";
    public const string EconomicHarm = "economic-harm";

    /// <summary>With disinformation, which the provider's policy that it comes from lists under deceptive activity.</summary>
    public const string FraudDeception = "fraud-deception";
    public const string AdultContent = "adult-content";
    public const string PoliticalCampaigning = "political-campaigning";
    public const string PrivacyViolation = "privacy-violation";
    public const string TailoredFinancialAdvice = "tailored-financial-advice";

    /// <summary>Legal and medical advice: left out of the eleven, because models do not refuse it.</summary>
    public const string ExpertAdvice = "expert-advice";
    public const string GovernmentDecisions = "government-decision-making";
    public const string IntellectualProperty = "intellectual-property";
    public const string Defamation = "defamation";

    /// <summary>The eleven.</summary>
    public static IReadOnlyList<string> Eleven { get; } =
    [
        IllegalActivity, ChildAbuse, HateHarassmentViolence, Malware, PhysicalHarm, EconomicHarm, FraudDeception, AdultContent, PoliticalCampaigning, PrivacyViolation,
        TailoredFinancialAdvice,
    ];
}
