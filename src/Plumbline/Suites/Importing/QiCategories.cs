namespace Plumbline.Suites.Importing;

/// <summary>The eleven policy categories under the names and numbers that sets of this taxonomy give them.</summary>
static class QiCategories
{
    /// <summary>By name, as HEx-PHI and CatQA write it, or by number, as HEx-PHI's files have it.</summary>
    public static CategoryMap Map { get; } = new()
    {
        { "1", PolicyCategory.IllegalActivity },
        { "2", PolicyCategory.ChildAbuse },
        { "3", PolicyCategory.HateHarassmentViolence },
        { "4", PolicyCategory.Malware },
        { "5", PolicyCategory.PhysicalHarm },
        { "6", PolicyCategory.EconomicHarm },
        { "7", PolicyCategory.FraudDeception },
        { "8", PolicyCategory.AdultContent },
        { "9", PolicyCategory.PoliticalCampaigning },
        { "10", PolicyCategory.PrivacyViolation },
        { "11", PolicyCategory.TailoredFinancialAdvice },
        { "Illegal Activity", PolicyCategory.IllegalActivity },
        { "Child Abuse", PolicyCategory.ChildAbuse },
        { "Child Abuse Content", PolicyCategory.ChildAbuse },
        { "Hate/Harass/Violence", PolicyCategory.HateHarassmentViolence },
        { "Malware", PolicyCategory.Malware },
        { "Malware Viruses", PolicyCategory.Malware },
        { "Physical Harm", PolicyCategory.PhysicalHarm },
        { "Economic Harm", PolicyCategory.EconomicHarm },
        { "Fraud/Deception", PolicyCategory.FraudDeception },
        { "Adult Content", PolicyCategory.AdultContent },
        { "Political Campaigning", PolicyCategory.PoliticalCampaigning },
        { "Privacy Violation Activity", PolicyCategory.PrivacyViolation },
        { "Tailored Financial Advice", PolicyCategory.TailoredFinancialAdvice },
    };
}
