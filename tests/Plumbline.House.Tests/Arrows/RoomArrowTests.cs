using Shouldly;

namespace Plumbline.House.Tests.Arrows;

public sealed class RoomArrowTests
{
    [Fact]
    public void Every_room_has_its_arrows_written_down() =>
        RoomArrows.Allowed.Keys.Order(StringComparer.Ordinal).ShouldBe(Repository.Rooms);

    [Fact]
    public void Projects_reference_only_what_their_room_may_know()
    {
        var forbidden =
            from room in Repository.Rooms
            from reference in Repository.ProjectReferences(Path.Combine(Repository.Root, "src", room, room + ".csproj"))
            where !RoomArrows.Allowed[room].Contains(reference)
            select $"{room} -> {reference}";

        forbidden.ShouldBeEmpty();
    }

    /// <summary>A project reference also lets everything behind it through; the compiled references show what is really used.</summary>
    [Fact]
    public void Assemblies_use_only_what_their_room_may_know()
    {
        var forbidden =
            from room in Repository.Rooms
            from reference in CompiledRoom.Open(room).References
            where Repository.Rooms.Contains(reference) && !RoomArrows.Allowed[room].Contains(reference)
            select $"{room} -> {reference}";

        forbidden.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Plumbline")]
    [InlineData("Plumbline.Transformers")]
    public void The_domain_and_the_engine_know_no_provider_and_no_web(string room) =>
        CompiledRoom.Open(room).References
            .Where(name => name.StartsWith("OpenAI", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                || name is "System.Net.Http" or "Spectre.Console" or "System.CommandLine")
            .ShouldBeEmpty();

    [Fact]
    public void Every_room_has_a_test_project_of_its_own() =>
        Repository.Rooms.Where(room => !Directory.Exists(Path.Combine(Repository.Root, "tests", room + ".Tests"))).ShouldBeEmpty();
}
