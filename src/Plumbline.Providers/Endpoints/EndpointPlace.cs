using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Plumbline.Providers.Endpoints;

/// <summary>An endpoint as a person is told of it.</summary>
/// <param name="Text">Address and model: what may be printed.</param>
/// <param name="Answer">What its protocol answers with, such as "a chat completion".</param>
/// <param name="Advice">What to check where it answers something else, or does not know the address; a sentence.</param>
/// <param name="KeyVariable">The environment variable that its key comes from; null where the user's own file says so.</param>
/// <param name="Secrets">What was sent to be let in; never printed, whoever repeats it. Empty where nothing was sent.</param>
internal sealed record EndpointPlace(string Text, string Answer, string Advice, string? KeyVariable, IReadOnlyList<string> Secrets)
{
    /// <summary>A shorter secret is a word that may stand in any answer.</summary>
    private const int ShortestInAnswers = 8;

    /// <summary>The text without any secret, in whatever form: servers like to repeat the key they refuse.</summary>
    public string WithoutSecrets(string text) => Without(Secrets, text);

    /// <summary>An answer without any secret: what a server repeats of it must not be stored.</summary>
    public ChatResponse WithoutSecrets(ChatResponse answer)
    {
        IReadOnlyList<string> secrets = [.. Secrets.Where(secret => secret.Length >= ShortestInAnswers)];
        if (secrets.Count == 0) return answer;

        foreach (var text in answer.Messages.SelectMany(message => message.Contents).OfType<TextContent>()) text.Text = Without(secrets, text.Text);
        if (answer.FinishReason is { } reason) answer.FinishReason = new ChatFinishReason(Without(secrets, reason.Value));
        return answer;
    }

    /// <summary>Printing it does not print a secret.</summary>
    public override string ToString() => Text;

    private static string Without(IEnumerable<string> secrets, string text) =>
        secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length).SelectMany(Forms).Aggregate(text, (rest, form) => rest.Replace(form.Text, "[key]", form.Comparison));

    // As it is; as it stands in JSON, by the two ways of escaping that there are, and with the slash that some escape too; and as it stands in an address.
    private static IEnumerable<(string Text, StringComparison Comparison)> Forms(string secret)
    {
        yield return (secret, StringComparison.Ordinal);
        var relaxed = JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        string[] escaped = [JsonEncodedText.Encode(secret).ToString(), relaxed, relaxed.Replace("/", "\\/", StringComparison.Ordinal), Uri.EscapeDataString(secret)];
        foreach (var form in escaped.Where(form => form != secret).Distinct(StringComparer.Ordinal)) yield return (form, StringComparison.OrdinalIgnoreCase);
    }
}
