using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public class StatedRuleTests
{
    static StatedRule Read(string json) => JsonSerializer.Deserialize(json, AuditJsonContext.Default.StatedRule)!;

    /// <summary>As every plan and result so far has it.</summary>
    [Fact]
    public void Its_numbers_are_texts_and_what_was_not_stated_is_absent()
    {
        const string Json = """{"alpha":"0.05","margin":"0.0001","resamples":"2000","seed":"20240528","stopping":"sequential","understandingMargin":"0.4","unscoredCap":"1E-05"}""";
        var rule = Read(Json);

        (rule.Margin, rule.Resamples, rule.Seed, rule.UnscoredCap, rule.Stopping).ShouldBe((0.0001, 2000, 20240528L, 0.00001, "sequential"));
        JsonSerializer.Serialize(JsonSerializer.SerializeToElement(rule, AuditJsonContext.Default.StatedRule)).ShouldBe(Json);
        JsonSerializer.Serialize(JsonSerializer.SerializeToElement(new StatedRule { Margin = 0.03 }, AuditJsonContext.Default.StatedRule)).ShouldBe("""{"margin":"0.03"}""");
        DecisionRule.Of(Read("""{"margin":"0.1"}""")).ShouldBe(new DecisionRule(Margin: 0.1));
    }

    [Theory]
    [InlineData("margin", "\"wide\"", "it is 'wide', and a number in quotes is expected, such as \"0.03\"")]
    [InlineData("margin", "\"NaN\"", "it is 'NaN', and a number in quotes")]
    [InlineData("unscoredCap", "0.5", "it is no text, and a number in quotes")]
    [InlineData("seed", "\"1.5\"", "it is '1.5', and a number in quotes is expected, such as \"0\"")]
    public void What_is_no_number_is_told_with_what_is_expected(string part, string value, string told) =>
        Should.Throw<JsonException>(() => Read($"{{\"{part}\": {value}}}")).Message.ShouldContain(told);
}
