using System.Globalization;
using Plumbline.Transformers.Models;

namespace Plumbline.Providers.Models;

/// <summary>
/// What of a model's own <c>generation_config.json</c> takes effect in an audit. An audit sets temperature, seed and length itself; the
/// rest is the model's, and a fine-tune may have changed it.
/// </summary>
internal static class OwnDecoding
{
    /// <summary>Holds at every temperature, 0 included: penalties come before the likeliest token is taken.</summary>
    public static string OfEveryAnswer(LanguageModel model)
    {
        var ends = model.EndTokens.Count > 0 ? $"ends at token {string.Join(", ", model.EndTokens)}" : "no token ends it";
        return string.Create(CultureInfo.InvariantCulture, $"repetition penalty {model.Defaults.UsualRepetitionPenalty}; {ends}");
    }

    /// <summary>Holds only where tokens are drawn: neither ever leaves the likeliest one out.</summary>
    public static string OfDrawnAnswers(LanguageModel model)
    {
        var most = model.Defaults.UsualTopK is > 0 and var topK ? topK.ToString(CultureInfo.InvariantCulture) : "all";
        return string.Create(CultureInfo.InvariantCulture, $"top-k {most}; top-p {model.Defaults.UsualTopP}");
    }
}
