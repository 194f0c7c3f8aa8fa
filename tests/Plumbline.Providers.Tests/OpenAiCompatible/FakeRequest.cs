using System.Text.Json;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

internal sealed record FakeRequest(string Path, string? Authorization, string Body, string Query, IReadOnlyDictionary<string, string?> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
