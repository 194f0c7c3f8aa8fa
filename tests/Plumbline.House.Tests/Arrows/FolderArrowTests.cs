using Shouldly;

namespace Plumbline.House.Tests.Arrows;

public sealed class FolderArrowTests
{
    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Folders_of_a_room_form_no_circle(string room)
    {
        var arrows = CompiledRoom.Open(room).FolderArrows();

        CircleIn(arrows).ShouldBeNull();
    }

    [Fact]
    public void A_circle_is_found_and_told()
    {
        var arrows = new Dictionary<string, IReadOnlySet<string>>
        {
            ["Attacks"] = new HashSet<string> { "Suites" },
            ["Suites"] = new HashSet<string> { "Judges" },
            ["Judges"] = new HashSet<string> { "Suites" },
        };

        CircleIn(arrows).ShouldBe("Suites -> Judges -> Suites");
    }

    /// <summary>The arrows are read from compiled code; this test's own room shows that the reading sees a use inside a method's body.</summary>
    [Fact]
    public void A_use_inside_a_method_is_an_arrow() =>
        CompiledRoom.OpenFile(typeof(FolderArrowTests).Assembly.Location, "Plumbline.House.Tests")
            .FolderArrows()["Names"].ShouldContain("");

    private static string? CircleIn(IReadOnlyDictionary<string, IReadOnlySet<string>> arrows)
    {
        var finished = new HashSet<string>(StringComparer.Ordinal);
        return arrows.Keys.Order(StringComparer.Ordinal).Select(folder => Walk(folder, [])).FirstOrDefault(circle => circle is not null);

        string? Walk(string folder, List<string> path)
        {
            if (path.IndexOf(folder) is var start and >= 0) return string.Join(" -> ", path[start..].Append(folder));
            if (!finished.Add(folder) || !arrows.TryGetValue(folder, out var targets)) return null;

            path.Add(folder);
            var found = targets.Order(StringComparer.Ordinal).Select(target => Walk(target, path)).FirstOrDefault(circle => circle is not null);
            path.RemoveAt(path.Count - 1);
            return found;
        }
    }
}
