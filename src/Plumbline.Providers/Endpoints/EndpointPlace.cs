namespace Plumbline.Providers.Endpoints;

/// <summary>An endpoint as a person is told of it.</summary>
/// <param name="Text">Address and model: what may be printed.</param>
/// <param name="Answer">What its protocol answers with, such as "a chat completion".</param>
/// <param name="Advice">What to check where it answers something else, or does not know the address; a sentence.</param>
/// <param name="KeyVariable">The environment variable that its key comes from; null where the user's own file says so.</param>
/// <param name="Secrets">What was sent to be let in; never printed, whoever repeats it. Empty where nothing was sent.</param>
internal sealed record EndpointPlace(string Text, string Answer, string Advice, string? KeyVariable, IReadOnlyList<string> Secrets)
{
    /// <summary>The text without any secret: servers like to repeat the key they refuse.</summary>
    public string WithoutSecrets(string text) =>
        Secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length).Aggregate(text, (rest, secret) => rest.Replace(secret, "[key]", StringComparison.Ordinal));

    /// <summary>Printing it does not print a secret.</summary>
    public override string ToString() => Text;
}
