using Plumbline.Providers.Models;
using Shouldly;

namespace Plumbline.Providers.Tests.Models;

public sealed class ApiKeysTests
{
    [Theory]
    [InlineData("openai:m", "vendor", "ours", "vendor")]
    [InlineData("https://host.example/v1#m", "vendor", "ours", "ours")]
    [InlineData("https://api.openai.com/v1#m", "vendor", "ours", "vendor")]
    [InlineData("https://host.example/v1#m", "vendor", null, null)]
    [InlineData("https://api.openai.com.host.example/v1#m", "vendor", null, null)]
    [InlineData("http://localhost:9/v1#m", "vendor", null, null)]
    [InlineData("http://host.example/v1#m", "vendor", null, null)]
    [InlineData("http://host.example/v1#m", "vendor", "ours", "ours")]
    [InlineData("http://localhost:9/v1#m", null, null, null)]
    public void Each_key_goes_only_where_it_belongs(string model, string? openAi, string? plumbline, string? expected) =>
        Keys(openAi, plumbline).For((EndpointModelReference)ModelReference.Parse(model)).ShouldBe(expected);

    [Theory]
    [InlineData("anthropic:m", "ant")]
    [InlineData("anthropic:http://localhost:9#m", "ours")]
    [InlineData("anthropic:https://api.anthropic.com.host.example#m", "ours")]
    [InlineData("https://api.anthropic.com/v1#m", "ant")]
    [InlineData("https://me.openai.azure.com/openai/deployments/d?api-version=2024-10-21", "az")]
    [InlineData("https://openai.azure.com.host.example/openai/deployments/d?api-version=2024-10-21", "ours")]
    public void Every_vendor_has_a_key_of_its_own(string model, string expected)
    {
        var keys = new ApiKeys(name => name switch { "OPENAI_API_KEY" => "oai", "ANTHROPIC_API_KEY" => "ant", "AZURE_OPENAI_API_KEY" => "az", "PLUMBLINE_API_KEY" => "ours", _ => null });

        (ModelReference.Parse(model) is AnthropicModelReference anthropic ? keys.For(anthropic) : keys.For((EndpointModelReference)ModelReference.Parse(model))).ShouldBe(expected);
    }

    [Fact]
    public void A_missing_key_for_OpenAI_is_told_before_the_first_call() =>
        Should.Throw<ModelUnreachableException>(() => Keys(null, "ours").For((EndpointModelReference)ModelReference.Parse("openai:m")))
            .Message.ShouldContain("OPENAI_API_KEY");

    [Fact]
    public void OpenAIs_key_is_not_sent_unencrypted() =>
        Should.Throw<ModelReferenceException>(() => Keys("vendor", null).For((EndpointModelReference)ModelReference.Parse("http://api.openai.com/v1#m")))
            .Message.ShouldContain("https");

    [Theory]
    [InlineData(" ours\n", "ours")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void A_server_of_ours_is_opened_by_our_key_alone(string? plumbline, string? expected) => Keys("vendor", plumbline).OfOwnServer.ShouldBe(expected);

    private static ApiKeys Keys(string? openAi, string? plumbline) => new(name => name == ApiKeys.OpenAi ? openAi : name == ApiKeys.Plumbline ? plumbline : null);
}
