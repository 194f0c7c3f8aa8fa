using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;

namespace Plumbline.House.Tests.Packages;

public sealed partial class PackageTests
{
    [Fact]
    public void Versions_are_stated_once_and_exactly()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").ToList();

        versions.ShouldNotBeEmpty();
        versions.Where(version => !ExactVersion().IsMatch((string?)version.Attribute("Version") ?? "")).ShouldBeEmpty();
        versions.Select(version => (string)version.Attribute("Include")!).ShouldBeUnique();
    }

    [Fact]
    public void No_project_states_a_version_of_its_own()
    {
        var stray =
            from project in Repository.Projects
            from reference in XDocument.Load(project).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            select $"{Repository.Relative(project)}: {(string?)reference.Attribute("Include")}";

        stray.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_has_a_lock_file_for_every_platform()
    {
        foreach (var project in Repository.Projects)
        {
            var path = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            File.Exists(path).ShouldBeTrue(Repository.Relative(path));
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            document.RootElement.GetProperty("dependencies").EnumerateObject().Select(target => target.Name)
                .ShouldBe(["net10.0"], Repository.Relative(path) + ": a target of one platform would not restore on another");
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Load(Path.Combine(Repository.Root, "Plumbline.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!);

        solution.Order(StringComparer.Ordinal).ShouldBe(Repository.Projects.Select(Repository.Relative).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?$")]
    private static partial Regex ExactVersion();
}
