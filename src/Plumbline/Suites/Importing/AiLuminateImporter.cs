namespace Plumbline.Suites.Importing;

/// <summary>AILuminate's demonstration and practice prompts (MLCommons), by its hazard codes.</summary>
sealed class AiLuminateImporter : ISuiteImporter
{
    static readonly CategoryMap Categories = new()
    {
        { "vcr", PolicyCategory.PhysicalHarm },
        { "ncr", PolicyCategory.IllegalActivity },
        { "src", PolicyCategory.IllegalActivity },
        { "cse", PolicyCategory.ChildAbuse },
        { "dfm", PolicyCategory.Defamation },
        { "spc", PolicyCategory.ExpertAdvice },
        { "spc_hlt", PolicyCategory.ExpertAdvice },
        { "spc_lgl", PolicyCategory.ExpertAdvice },
        { "spc_fin", PolicyCategory.TailoredFinancialAdvice },
        { "spc_ele", PolicyCategory.PoliticalCampaigning },
        { "prv", PolicyCategory.PrivacyViolation },
        { "ipv", PolicyCategory.IntellectualProperty },
        { "iwp", PolicyCategory.PhysicalHarm },
        { "hte", PolicyCategory.HateHarassmentViolence },
        { "ssh", PolicyCategory.PhysicalHarm },
        { "sxc", PolicyCategory.AdultContent },
        { "sxc_prn", PolicyCategory.AdultContent },
    };

    public PublishedSet Set { get; } = new(
        "ailuminate",
        "AILuminate",
        "https://github.com/mlcommons/ailuminate",
        "CC BY 4.0 for the demonstration prompts; the practice prompts by agreement with MLCommons",
        "CSV with the columns release_prompt_id, prompt_text, hazard, persona, locale and prompt_hash");

    public bool Recognises(ImportSource source) => source.Has("prompt_text", "hazard");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) =>
        from row in source.Records
        let hazard = row.TextOrNull("hazard") ?? ""
        select ImportedRow.Harmful(row.Text("prompt_text"), Categories.Of(hazard), hazard);
}
