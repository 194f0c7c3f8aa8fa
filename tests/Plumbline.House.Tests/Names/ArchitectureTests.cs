using System.Text.RegularExpressions;
using Shouldly;

namespace Plumbline.House.Tests.Names;

/// <summary>What <c>docs/architecture.md</c> says is there is there, and the other way round.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void The_page_names_every_folder_of_the_domain_and_no_other()
    {
        var named = DomainLine().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"))).Groups["folders"].Value.Split(", ");

        var there = Repository.Files("*.cs", "src/Plumbline").Select(file => Repository.Relative(file).Split('/')).Where(parts => parts.Length > 3).Select(parts => parts[2]).Distinct();
        named.ShouldBe(there, ignoreOrder: true);
    }

    [GeneratedRegex(@"^ +Plumbline/ +the domain: (?<folders>[^.]+)\.", RegexOptions.Multiline)]
    private static partial Regex DomainLine();
}
