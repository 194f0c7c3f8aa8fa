namespace Plumbline.Providers.HttpTargets;

/// <summary>Whatever answers over HTTP, as its file describes it. Holds no secret: headers stand as they are written, with references.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Method">POST or PUT.</param>
/// <param name="Headers">Headers with their values, which may refer to the environment, and the line that each stands in.</param>
/// <param name="Body">The request.</param>
/// <param name="Answer">Where the answer's text is.</param>
/// <param name="Finish">Where it says why it ended; null where it does not.</param>
/// <param name="FinishReasons">What it says there, in our words.</param>
/// <param name="InputTokens">Where it says how many tokens it read; null where it does not.</param>
/// <param name="OutputTokens">Where it says how many it wrote; null where it does not.</param>
/// <param name="Hash">The description's SHA-256: what the target is, as far as is known.</param>
internal sealed record HttpTarget(
    string Name,
    Uri Url,
    HttpMethod Method,
    IReadOnlyList<HeaderTemplate> Headers,
    BodyTemplate Body,
    JsonPath Answer,
    JsonPath? Finish,
    IReadOnlyDictionary<string, string> FinishReasons,
    JsonPath? InputTokens,
    JsonPath? OutputTokens,
    string Hash);
