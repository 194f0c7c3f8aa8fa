namespace Plumbline.Attacks;

/// <summary>Where the attacks were published.</summary>
static class Published
{
    public const string Jailbroken = "Wei, Haghtalab and Steinhardt, Jailbroken (arXiv 2307.02483)";
    public const string PayloadSplitting = "Kang et al., Exploiting Programmatic Behavior of LLMs (arXiv 2302.05733)";
    public const string UsersFile = "the user's own file";
}
