using System.Globalization;

namespace Plumbline.Cli.Summaries;

/// <summary>A training loss with its unit: mean −ln p over the tokens that are learned.</summary>
internal static class LossWords
{
    private const string Unit = "nats per token";

    /// <summary>The loss of a step.</summary>
    public static string Of(double loss) => string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000} {Unit}");

    /// <summary>From where it went to where.</summary>
    public static string Of(double first, double last) => string.Create(CultureInfo.InvariantCulture, $"loss {first:0.000} to {last:0.000} {Unit}");
}
