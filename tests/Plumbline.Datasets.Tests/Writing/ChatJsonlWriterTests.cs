using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Writing;
using Shouldly;
using Xunit;

namespace Plumbline.Datasets.Tests.Writing;

public sealed class ChatJsonlWriterTests
{
    [Fact]
    public void Writes_openais_format() => ChatJsonlWriter.Line(Conversation.Of("a \"b\"", "c\nd"))
        .ShouldBe("""{"messages":[{"role":"user","content":"a \"b\""},{"role":"assistant","content":"c\nd"}]}""");

    [Fact]
    public async Task A_failed_write_leaves_the_old_file_and_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "rows.jsonl");
            await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);

            await Should.ThrowAsync<InvalidOperationException>(() => ChatJsonlWriter.WriteAsync(path, Failing(), TestContext.Current.CancellationToken));

            (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("old");
            folder.GetFiles().Length.ShouldBe(1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static IEnumerable<Conversation> Failing()
    {
        yield return Conversation.Of("a", "b");
        throw new InvalidOperationException("The source failed.");
    }
}
