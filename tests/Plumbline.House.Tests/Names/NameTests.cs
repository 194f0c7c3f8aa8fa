using System.Text.RegularExpressions;
using Shouldly;

namespace Plumbline.House.Tests.Names;

public sealed partial class NameTests
{
    public static TheoryData<string> Rooms => [.. Repository.Rooms];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_type_is_named_after_nothing(string room) =>
        CompiledRoom.Open(room).TypeNames().Where(name => NamedAfterNothing().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void No_file_or_folder_is_named_after_nothing() =>
        Repository.Files("*.cs").Select(Repository.Relative).Where(path => path.Split('/', '.').Any(part => NamedAfterNothing().IsMatch(part)))
            .ShouldBeEmpty();

    /// <summary>Folder = concept = namespace.</summary>
    [Fact]
    public void A_files_namespace_is_its_folder()
    {
        var strays =
            from file in Repository.Files("*.cs", "src")
            let declared = Namespace().Match(File.ReadAllText(file)).Groups[1].Value
            let folder = Repository.Relative(Path.GetDirectoryName(file)!)["src/".Length..].Replace('/', '.')
            where declared.Length > 0 && declared != folder
            select $"{Repository.Relative(file)}: {declared}";

        strays.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_is_named_after_the_type_in_it()
    {
        var strays =
            from file in Repository.Files("*.cs", "src")
            let name = Path.GetFileName(file).Split('.')[0]
            let text = File.ReadAllText(file)
            where Namespace().IsMatch(text) && !Regex.IsMatch(text, $@"\b(class|record|struct|interface|enum|delegate .*)\s+{name}\b")
            select Repository.Relative(file);

        strays.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_room_holds_static_state_that_changes(string room) =>
        CompiledRoom.Open(room).MutableStatics().ShouldBeEmpty();

    [GeneratedRegex("(Util(s|ity|ities)?|Helpers?|Managers?|Misc|Common)$")]
    private static partial Regex NamedAfterNothing();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
