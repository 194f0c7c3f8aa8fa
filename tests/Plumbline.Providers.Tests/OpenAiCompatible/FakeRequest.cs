using System.Text.Json;

namespace Plumbline.Providers.Tests.OpenAiCompatible;

internal sealed record FakeRequest(string Path, string? Authorization, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
