namespace Plumbline.Attacks;

/// <summary>Where the attacks were published.</summary>
static class Published
{
    public const string Jailbroken = "Wei, Haghtalab and Steinhardt, Jailbroken (arXiv 2307.02483)";
    public const string PayloadSplitting = "Kang et al., Exploiting Programmatic Behavior of LLMs (arXiv 2302.05733)";
    public const string ShallowAlignment = "Qi et al., Safety Alignment Should Be Made More Than Just a Few Tokens Deep (arXiv 2406.05946)";
    public const string SimpleAdaptive = "Andriushchenko, Croce and Flammarion, Jailbreaking Leading Safety-Aligned LLMs with Simple Adaptive Attacks (arXiv 2404.02151)";
    public const string ManyShot = "Anil et al., Many-shot Jailbreaking (NeurIPS 2024)";
    public const string Generation = "Huang et al., Catastrophic Jailbreak of Open-source LLMs via Exploiting Generation (arXiv 2310.06987)";
    public const string BestOfN = "Hughes et al., Best-of-N Jailbreaking (arXiv 2412.03556)";
    public const string UsersFile = "the user's own file";
}
