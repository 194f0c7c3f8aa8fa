using System.Text.RegularExpressions;
using Shouldly;

namespace Plumbline.House.Tests.Words;

/// <summary>What committed text must not say.</summary>
public sealed partial class WordTests
{
    private static readonly string[] Written = [".cs", ".md", ".csproj", ".props", ".slnx", ".razor", ".css", ".js", ".mjs", ".py", ".sh", ""];

    [Fact]
    public void No_text_names_a_place_on_somebodys_machine()
    {
        var strays = Lines(Written).Where(line => MachinePath().IsMatch(line.Text)).Select(line => line.Place);

        strays.ShouldBeEmpty();
    }

    [Fact]
    public void No_source_is_left_unfinished()
    {
        var strays = Lines([".cs", ".razor"]).Where(line => line.Place.StartsWith("src/", StringComparison.Ordinal) && Unfinished().IsMatch(line.Text)).Select(line => line.Place);

        strays.ShouldBeEmpty();
    }

    [Fact]
    public void No_source_waits_for_a_task_by_blocking()
    {
        var strays = Lines([".cs"]).Where(line => line.Place.StartsWith("src/", StringComparison.Ordinal) && Blocking().IsMatch(line.Text)).Select(line => line.Place);

        strays.ShouldBeEmpty();
    }

    /// <summary>Waiting on an event is how worker threads park; waiting on a task by blocking a thread is not.</summary>
    [Fact]
    public void No_room_calls_Task_Wait() =>
        Repository.Rooms.Where(room => CompiledRoom.Open(room).Calls("Task", "Wait") || CompiledRoom.Open(room).Calls("Task", "WaitAll")).ShouldBeEmpty();

    private static IEnumerable<(string Place, string Text)> Lines(string[] extensions) =>
        from file in Repository.Files("*")
        where extensions.Contains(Path.GetExtension(file)) && !Repository.Relative(file).Contains("/Fixtures/")
        from line in File.ReadLines(file).Select((text, index) => (Place: $"{Repository.Relative(file)}:{index + 1}", Text: text))
        select line;

    /// <summary>Absolute paths of home folders and mounts, private addresses, and hosts that only resolve on an inner network.</summary>
    [GeneratedRegex(@"(?<![\w.~}])/(root|home|Users|work|mnt)/\w|\b(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+(\.\d+)?:\d|\bhttps?://[\w.-]+\.(internal|local|lan|corp)\b")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|Task[\w<>]*\.Result\b")]
    private static partial Regex Blocking();
}
