using Plumbline.Costs;
using Plumbline.Providers.Prices;
using Shouldly;

namespace Plumbline.Providers.Tests.Prices;

public sealed class PriceFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"plumbline-{Guid.NewGuid():N}.yaml");

    [Theory]
    [InlineData("currency: USD\nmodels:\n  openai:m: { input: 0.15, output: 6e-1 }\n  http://host:1/v1#m: {input: 0, output: 2}\n")]
    [InlineData("""{"currency": "USD", "models": {"openai:m": {"input": 0.15, "output": 0.60}, "http://host:1/v1#m": {"input": 0, "output": 2}}}""")]
    public void Prices_are_yaml_or_json(string text)
    {
        var prices = Read(text);

        prices.Currency.ShouldBe("USD");
        prices.Of("openai:m").ShouldBe(new ModelPrice(0.15m, 0.60m));
        prices.Of("http://host:1/v1#m", "openai:m").ShouldBe(new ModelPrice(0, 2), "the whole name goes first");
        prices.Of("m").ShouldBeNull();
    }

    [Theory]
    [InlineData("currency: USD\n", "line 1: the field 'models' is missing")]
    [InlineData("models:\n  m: {input: 1, output: 1}\n", "the field 'currency' is missing")]
    [InlineData("currency: USD\nmodels: {}\n", "line 2, field 'models': names no model")]
    [InlineData("currency: USD\nmodels:\n  m: {input: 1}\n", "line 3, field 'models.m': the field 'output' is missing")]
    [InlineData("currency: USD\nmodels:\n  m:\n    input: 1\n    output: -2\n", "line 5, field 'models.m.output': expected a number from 0 to 1000000, found '-2'")]
    [InlineData("currency: USD\nmodels:\n  m: {input: \"1\", output: 1}\n", "expected a number")]
    [InlineData("currency: USD\nmodels:\n  m: {input: 1, output: 1, ouput: 2}\n", "line 3, field 'models.m.ouput': there is no such field. Did you mean 'output'? There are input, output")]
    [InlineData("currency: USD\nmodels:\n  m: {input: 1, output: 1}\n  m: {input: 1, output: 1}\n", "line 4")]
    [InlineData("currency: USD\nmodels: [m]\n", "line 2, field 'models': expected an object with fields, found a list")]
    [InlineData("currency: [USD\n", "line 2, column 1: ")]
    [InlineData("", "holds 0 documents")]
    public void What_is_wrong_is_told_with_its_place(string text, string expected)
    {
        var failure = Should.Throw<PriceException>(() => Read(text));

        failure.Message.ShouldContain(_file);
        failure.Message.ShouldContain(expected);
    }

    [Fact]
    public void A_missing_file_is_told() => Should.Throw<PriceException>(() => PriceFile.Read(_file)).Message.ShouldContain("cannot be read");

    public void Dispose() => File.Delete(_file);

    private PriceList Read(string text)
    {
        File.WriteAllText(_file, text);
        return PriceFile.Read(_file);
    }
}
