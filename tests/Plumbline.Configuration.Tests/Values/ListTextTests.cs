using Plumbline.Configuration.Values;
using Shouldly;

namespace Plumbline.Configuration.Tests.Values;

public sealed class ListTextTests
{
    [Theory]
    [InlineData("hazards", "hazards")]
    [InlineData("hazards,look-alikes , capability", "hazards|look-alikes|capability")]
    [InlineData("md,,junit,", "md|junit")]
    [InlineData("decoding_top_p:0.5,0.9,none", "decoding_top_p:0.5,0.9|none")]
    [InlineData("none, decoding_top_k:2, 10", "none|decoding_top_k:2,10")]
    [InlineData("best_of_n:8,many_shot:4", "best_of_n:8|many_shot:4")]
    [InlineData("none,8", "none|8")] // a stray number is told as such
    [InlineData("criteria@openai:gpt-4o,llama-guard@http://localhost:8000/v1#guard", "criteria@openai:gpt-4o|llama-guard@http://localhost:8000/v1#guard")]
    [InlineData("", "")]
    [InlineData(",", "")]
    [InlineData(" , ,", "")]
    public void Commas_stand_between_values(string text, string expected) => string.Join('|', ListText.Split(text)).ShouldBe(expected);

    [Fact]
    public void A_path_with_a_comma_is_taken_whole_where_it_exists()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-list-").FullName;
        try
        {
            var file = Path.Combine(folder, "mine, all.csv");
            File.WriteAllText(file, "");

            ListText.Split(file).ShouldBe([file]);
            ListText.Split("persona:" + file).ShouldBe(["persona:" + file]);
            ListText.Split(Path.Combine(folder, "yours, none.csv")).Count.ShouldBe(2);

            // A file behind the last of several values makes no path of them all.
            var frame = Path.Combine(folder, "frame.txt");
            File.WriteAllText(frame, "");
            ListText.Split($"none,persona:{frame}").ShouldBe(["none", $"persona:{frame}"]);
            ListText.Split($"persona:{frame},system:{frame}").ShouldBe([$"persona:{frame}", $"system:{frame}"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
