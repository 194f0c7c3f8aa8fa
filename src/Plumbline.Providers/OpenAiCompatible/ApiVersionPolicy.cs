using System.ClientModel.Primitives;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>Azure's way of addressing a deployment: the API's version in the query, and the key in a header of its own.</summary>
/// <param name="version">The version.</param>
/// <param name="apiKey">The key; null for none.</param>
internal sealed class ApiVersionPolicy(string version, string? apiKey) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Address(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Address(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private void Address(PipelineMessage message)
    {
        var request = message.Request;
        request.Uri = new UriBuilder(request.Uri!) { Query = "api-version=" + Uri.EscapeDataString(version) }.Uri;
        request.Headers.Remove("Authorization");
        if (apiKey is not null) request.Headers.Set("api-key", apiKey);
    }
}
