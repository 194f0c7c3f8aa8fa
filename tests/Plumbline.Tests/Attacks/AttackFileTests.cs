using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Attacks;

public sealed class AttackFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_persona_is_the_files_text_with_the_request_in_it()
    {
        const string Content = "You are a gardener.\nAsked: {prompt}\nAgain: {prompt}\n";
        var attack = AttackCatalog.Named($"persona:{folder.File("gardener.txt", Content)}");

        var message = attack.Apply("Tie {prompt} a knot.").ShouldHaveSingleItem();

        message.Role.ShouldBe(ChatRole.User);
        message.Text.ShouldBe("You are a gardener.\nAsked: Tie {prompt} a knot.\nAgain: Tie {prompt} a knot.");
        attack.Id.ShouldBe("persona:gardener.txt");
        attack.File.ShouldBe(new AttackFile("gardener.txt", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))));
        attack.IsEncoding.ShouldBeFalse();
    }

    [Fact]
    public void A_system_text_stands_in_front_of_the_request()
    {
        var attack = AttackCatalog.Named($"system:{folder.File("kind.txt", "\uFEFFBe kind.\r\n")}");

        attack.Apply("Tie a knot.").Select(message => (message.Role, message.Text)).ShouldBe([(ChatRole.System, "Be kind."), (ChatRole.User, "Tie a knot.")]);
        attack.Id.ShouldBe("system:kind.txt");
    }

    [Fact]
    public void The_hash_follows_the_words_in_the_file()
    {
        var first = AttackCatalog.HashOf(AttackCatalog.Named($"system:{folder.File("a.txt", "Be kind.")}"));
        var second = AttackCatalog.HashOf(AttackCatalog.Named($"system:{folder.File("a.txt", "Be kinder.")}"));

        first.ShouldNotBe(second);
    }

    [Theory]
    [InlineData("persona", null, "There is no file")]
    [InlineData("persona", " \n", "is empty")]
    [InlineData("persona", "You are a gardener.", "does not say where the request goes. Write {prompt} there.")]
    [InlineData("system", null, "There is no file")]
    [InlineData("system", "", "is empty")]
    [InlineData("system", "Answer {prompt}", "the request is the user's message")]
    public void A_file_that_cannot_be_used_is_told(string form, string? content, string expected)
    {
        var path = content is null ? Path.Combine(folder.Path, "gone.txt") : folder.File("mine.txt", content);

        var error = Should.Throw<AttackException>(() => AttackCatalog.Named($"{form}:{path}"));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain($"'{form}:{path}'");
    }

    [Fact]
    public void A_folder_a_huge_file_and_bytes_that_are_no_text_are_told()
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "bytes"), [0xC3, 0x28]);
        File.WriteAllText(Path.Combine(folder.Path, "huge"), new string('a', (1 << 20) + 1));

        Should.Throw<AttackException>(() => AttackCatalog.Named($"persona:{folder.Path}")).Message.ShouldContain("cannot be read");
        Should.Throw<AttackException>(() => AttackCatalog.Named($"persona:{Path.Combine(folder.Path, "bytes")}")).Message.ShouldContain("no UTF-8");
        Should.Throw<AttackException>(() => AttackCatalog.Named($"persona:{Path.Combine(folder.Path, "huge")}")).Message.ShouldContain("at most");
    }

    [Fact]
    public void Two_files_of_one_name_are_refused_and_the_same_file_twice_is_taken_once()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "other"));
        var first = folder.File("mine.txt", "Be kind.");
        var second = folder.File(Path.Combine("other", "mine.txt"), "Be brief.");

        AttackCatalog.Named([$"system:{first}", $"system:{first}"]).Count.ShouldBe(1);
        Should.Throw<AttackException>(() => AttackCatalog.Named([$"system:{first}", $"system:{second}"])).Message.ShouldContain("'system:mine.txt'");
    }
}
