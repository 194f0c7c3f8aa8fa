using System.Text;
using Plumbline.Transformers.Checkpoints;
using Shouldly;

namespace Plumbline.Transformers.Tests.Checkpoints;

public sealed class JsonFieldsTests
{
    [Theory]
    [InlineData("""{"model":{"vocab":{"\ud83d":0}}}""")]
    [InlineData("""{"model":{"merges":["a \uDC00"]}}""")]
    public void HalfASurrogatePairIsToldWhereverItStands(string json) =>
        Should.Throw<CheckpointException>(() => JsonFields.Parse("tokenizer.json", Encoding.UTF8.GetBytes(json))).Message.ShouldContain("half of a surrogate pair");

    [Fact]
    public void AWholePairIsText() =>
        JsonFields.Parse("config.json", """{"a":"\ud83d\ude00"}"""u8.ToArray()).Text("a").ShouldBe("😀");
}
