using Plumbline.Reports.Demo;

namespace Plumbline.Reports.Tests.Samples;

/// <summary>An invented demo for the report's tests.</summary>
internal static class SampleDemo
{
    public static DemoStudy Three(int cases = 250) => new(
        [
            One("biomedicine", cases, 0.21),
            One("finance", cases, 0.19),
            One("law", cases, 0.24),
        ],
        TimeSpan.FromSeconds(97));

    private static DemoAudit One(string name, int cases, double breaks) => new(
        name,
        new FineTuneSettings(16, 32, 0.05, ["q_proj", "k_proj", "v_proj", "o_proj"], 1e-3, 16, 240, 1900, 1900, 11, 0.412, TimeSpan.FromSeconds(17.4)),
        SampleAudit.Build($"bob after {name}", cases, i => i * 37 % 100 < breaks * 100));
}
