using System.Text.Json;
using Plumbline.Files;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Files;

/// <summary>What is said of a damaged file is found by where it is damaged, not by the words that this version of .NET has for it.</summary>
public sealed class JsonFaultTests : IDisposable
{
    const string Whole = """{"one": "text", "two": [1, true, {"three": null}]}""";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Wherever_a_file_is_cut_it_breaks_off()
    {
        for (var length = 1; length < Whole.Length; length++)
            Told("\n\n" + Whole[..length]).ShouldBe("it breaks off in line 3.", Whole[..length]);
    }

    /// <summary>Longer than what is read at once.</summary>
    [Fact]
    public void So_it_does_in_a_text_without_an_end() => Told("{\"one\": \"" + new string('x', 300_000)).ShouldBe("it breaks off in line 1.");

    [Theory]
    [InlineData("""{"one": wrong}""")]
    [InlineData("""{"one": 1,}""")]
    [InlineData("""{"one": 1""" + "\n]")]
    [InlineData("""{"one": 1} {"two": 2}""")]
    [InlineData("""{"one": "end of data"; "two": "reached end of data""")]
    public void What_is_wrong_in_the_middle_is_told_by_its_line(string json) => Told(json).ShouldMatch(@"^line [12]: .*\.$");

    [Fact]
    public void Our_own_words_stand_behind_the_field_they_are_of()
    {
        JsonFault.Describe(new FieldException("it is 'wide', and a number is expected."), "f").ShouldBe("it is 'wide', and a number is expected.");
        JsonFault.Describe(new JsonException("The words of a version to come. Path: $.rule.margin | LineNumber: 3.", "$.rule.margin", 3, 1), "f").ShouldBe("'rule.margin' holds something else than belongs there.");
        JsonFault.Describe(new JsonException("Other words", "$.rule.margin", 3, 1), "f").ShouldBe("'rule.margin' holds something else than belongs there.");
    }

    string Told(string json)
    {
        var path = folder.File("f.json", json);
        var fault = Should.Throw<JsonException>(() =>
        {
            var reader = new Utf8JsonReader(File.ReadAllBytes(path));
            while (reader.Read())
            {
            }
        });
        return JsonFault.Describe(fault, path);
    }
}
