using Plumbline.Configuration.Sources;
using Shouldly;

namespace Plumbline.Configuration.Tests.Sources;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A =  spaced out  ", "spaced out")]
    [InlineData("export A=1", "1")]
    [InlineData("\tA=1\r", "1")]
    [InlineData("A=a=b==", "a=b==")]
    [InlineData("A=x # a comment", "x")]
    [InlineData("A=# a comment", "")]
    [InlineData("A=x#no-comment", "x#no-comment")]
    [InlineData("A='x # y'  # a comment", "x # y")]
    [InlineData("""A='a\nb'""", """a\nb""")]
    [InlineData("""A="a\nb\"c\\\$d" # a comment""", "a\nb\"c\\$d")]
    [InlineData("""A="a\xb" """, """a\xb""")]
    [InlineData("A=$HOME/${B}", "$HOME/${B}")]
    [InlineData("A=don't", "don't")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("# nothing\n\nA=1\n", "1")]
    public void A_line_is_a_variable(string text, string expected) => EnvironmentFile.Parse(".env", text)["A"].Text.ShouldBe(expected);

    [Theory]
    [InlineData("GOOD=1\nsk-secret-0123456789", ".env, line 2: expected NAME=value")]
    [InlineData("1A=sk-secret-0123456789", ".env, line 1: expected NAME=value")]
    [InlineData("my-key=sk-secret-0123456789", ".env, line 1: expected NAME=value")]
    [InlineData("A: sk-secret-0123456789", ".env, line 1: expected NAME=value")]
    [InlineData("A=\"sk-secret-0123456789", ".env, line 1: the value of A begins with \" and must end with it on the same line")]
    [InlineData("\n\nA='sk-secret' 0123456789", ".env, line 3: the value of A begins with ' and must end with it")]
    public void What_is_no_variable_is_told_by_its_line_and_never_shown(string text, string expected)
    {
        var message = Should.Throw<ConfigurationException>(() => EnvironmentFile.Parse(".env", text)).Message;

        message.ShouldStartWith(expected);
        message.ShouldNotContain("secret-");
        message.ShouldNotContain("sk-secret");
    }

    [Fact]
    public void What_is_set_counts_and_the_later_file_before_the_earlier()
    {
        using var folder = new Folder();
        var files = new EnvironmentFiles(
            Reading.Environment(("SET", "own"), ("EMPTY", "")),
            [folder.Write("first.env", "SET=file\nEMPTY=file\nBOTH=first\nFIRST=1"), folder.Write("second.env", "BOTH=second")]);

        new[] { "SET", "EMPTY", "BOTH", "FIRST", "NONE" }.Select(files.Find).ShouldBe(["own", "file", "second", "1", null]);
        files.OriginOf("SET").ShouldBeNull();
        files.OriginOf("BOTH")!.Place.ShouldEndWith("second.env, line 1)");
    }

    /// <summary>A command that needs nothing of a broken file does its work; one that might is told.</summary>
    [Fact]
    public void A_faulty_file_is_told_where_something_is_looked_up_that_it_might_hold()
    {
        using var folder = new Folder();
        var files = new EnvironmentFiles(Reading.Environment(("SET", "own")), [folder.Write(".env", "what is this"), Path.Combine(folder.Path, "missing.env")]);

        files.Find("SET").ShouldBe("own");
        Should.Throw<ConfigurationException>(() => files.Find("OPENAI_API_KEY")).Message.ShouldContain("line 1: expected NAME=value");
        Should.Throw<ConfigurationException>(() => new EnvironmentFiles(_ => null, [Path.Combine(folder.Path, "missing.env")]).Find("A")).Message.ShouldContain("There is no file");
    }

    [Fact]
    public void A_setting_of_a_file_says_where_it_stands_and_its_path_starts_from_there()
    {
        using var folder = new Folder();
        var files = new EnvironmentFiles(_ => null, [folder.Write(".env", "# where runs go\nPLUMBLINE_OUTPUT=runs/one\nPLUMBLINE_SEED=7")]);

        var layer = EnvironmentLayer.Read(files.Find, files.OriginOf);

        layer.Values["sampling.seed"].Origin.Place.ShouldEndWith(".env, line 3)");
        Path.GetFullPath(Reading.Settings(layer).Output!).ShouldBe(Path.Combine(folder.Path, "runs", "one"));
        var wrong = new EnvironmentFiles(_ => null, [folder.Write("wrong.env", "PLUMBLINE_SEED=x")]);
        Should.Throw<ConfigurationException>(() => EnvironmentLayer.Read(wrong.Find, wrong.OriginOf)).Message.ShouldMatch(@"^PLUMBLINE_SEED \(.*wrong\.env, line 1\) is x; it must be a whole number\.$");
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("plumb-env-").FullName;

        public string Write(string name, string text)
        {
            var path = System.IO.Path.Combine(Path, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
