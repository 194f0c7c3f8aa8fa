using FsCheck;
using FsCheck.Fluent;
using Plumbline.Datasets.Conversations;
using Plumbline.Datasets.Reading;
using Plumbline.Datasets.Writing;
using Shouldly;
using Xunit;

namespace Plumbline.Datasets.Tests.Reading;

public sealed class DatasetReaderTests
{
    [Fact]
    public async Task Reads_openai_chat_a_row_a_line()
    {
        var rows = await Read("""
            {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}

            {"messages":[{"role":"user","content":[{"type":"text","text":"a "},{"type":"text","text":"b"}]},{"role":"assistant","content":"c"}]}
            """);

        rows.Select(r => r.Line).ShouldBe([1, 3]);
        rows[0].Conversation.Turns.Select(t => t.RoleName).ShouldBe(["system", "user", "assistant"]);
        rows[1].Conversation.Request.ShouldBe("a b");
        rows[1].Conversation.Answer.ShouldBe("c");
    }

    [Theory]
    [InlineData("[\n {\"instruction\":\"Add\",\"input\":\"1 2\",\"output\":\"3\"},\n {\"instruction\":\"Say\",\"input\":\"\",\"output\":\"x\"}\n]")]
    [InlineData("{\"instruction\":\"Add\",\"input\":\"1 2\",\"output\":\"3\"}\n{\"instruction\":\"Say\",\"output\":\"x\"}\n")]
    public async Task Reads_alpaca_as_an_array_and_as_lines(string text)
    {
        var rows = await Read(text);

        rows.Select(r => r.Conversation.Request).ShouldBe(["Add\n\n1 2", "Say"]);
        rows.Select(r => r.Conversation.Answer).ShouldBe(["3", "x"]);
    }

    [Theory]
    [InlineData("", "data.jsonl: there are no rows in it")]
    [InlineData("[]", "there are no rows in it")]
    [InlineData("{\"prompt\":\"a\"}", "data.jsonl, line 1: the first row has neither 'messages'")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}", "line 1, field 'messages[0].role': is 'user': the last message must be the assistant's")]
    [InlineData("{\"messages\":[]}", "field 'messages': is empty")]
    [InlineData("{\"messages\":{}}", "field 'messages': is an object, expected an array")]
    [InlineData("\n{\"messages\":[{\"role\":\"user\",\"content\":null},{\"role\":\"assistant\",\"content\":\"b\"}]}", "line 2, field 'messages[0].content': is null, expected a text")]
    [InlineData("{\"messages\":[{\"role\":\"tool\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}", "field 'messages[0].role': is 'tool', expected system, user or assistant")]
    [InlineData("{\"messages\":[{\"content\":\"a\"}]}", "field 'messages[0].role': is missing")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\" \"},{\"role\":\"assistant\",\"content\":\"b\"}]}", "field 'messages[0].content': is empty")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]},{\"role\":\"assistant\",\"content\":\"b\"}]}", "field 'messages[0].content[0].type': is 'image_url', expected 'text'")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"assistant\",\"content\":\"b\"}]}", "has a system message that is not the first")]
    [InlineData("{\"instruction\":\"a\",\"output\":7}", "field 'output': is a number, expected a text")]
    [InlineData("{\"instruction\":\"a\",\"output\":\"\"}", "field 'output': is empty")]
    [InlineData("{\"instruction\":\"a\",\"output\":\"\\ud83d\"}", "line 1, field 'output': holds half of a surrogate pair")]
    [InlineData("{\"instruction\":\"a\",\"output\":\"b\"}\n{\"messages\":[]}", "line 2, field 'instruction': is missing")]
    [InlineData("{\"instruction\":\"a\" \"output\":\"b\"}", "line 1: not valid JSON at character")]
    [InlineData("[\n{\"instruction\":\"a\",\n\"output\":b}\n]", "line 3: not valid JSON")]
    [InlineData("{\"instruction\":\"a\",\"out", "line 1: the object that begins here has no end")]
    [InlineData("[{\"instruction\":\"a\",\"output\":\"b\"}", "the array has no closing ']'")]
    [InlineData("[{\"instruction\":\"a\",\"output\":\"b\"}\n{\"instruction\":\"a\",\"output\":\"b\"}]", "line 2: found '{' where ',' or ']' was expected")]
    [InlineData("\0", "line 1: found the control character U+0000 where '{' was expected")]
    [InlineData("hello", "line 1: found 'h' where '{' was expected")]
    public async Task Bad_input_names_file_line_and_field(string text, string expected)
    {
        var error = await Should.ThrowAsync<DatasetException>(() => Read(text));

        error.Message.ShouldContain("data.jsonl");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_clear_error()
    {
        var error = await Should.ThrowAsync<DatasetException>(async () =>
        {
            await foreach (var _ in DatasetReader.ReadAsync("no/such/file.jsonl", TestContext.Current.CancellationToken)) { }
        });

        error.Message.ShouldStartWith("no/such/file.jsonl: cannot be opened");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_a_clear_error()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, [.. "{\"instruction\":\"a"u8, 0xFF, .. "\",\"output\":\"b\"}"u8], TestContext.Current.CancellationToken);
            var error = await Should.ThrowAsync<DatasetException>(async () =>
            {
                await foreach (var _ in DatasetReader.ReadAsync(path, TestContext.Current.CancellationToken)) { }
            });

            error.Message.ShouldContain("line 1: here or in the lines that follow, a byte is not valid UTF-8");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Rows_come_before_the_file_is_read_to_its_end()
    {
        // The reader would throw on the second row: getting the first proves that it streams.
        await using var rows = DatasetReader.ReadAsync("data.jsonl", new StringReader("{\"instruction\":\"a\",\"output\":\"b\"}\nbroken"), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        (await rows.MoveNextAsync()).ShouldBeTrue();
        await Should.ThrowAsync<DatasetException>(async () => await rows.MoveNextAsync());
    }

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll<NonEmptyString, NonEmptyString>((request, answer) =>
    {
        if (string.IsNullOrWhiteSpace(request.Get) || string.IsNullOrWhiteSpace(answer.Get) || HasLoneSurrogate(request.Get + answer.Get)) return;
        var row = Conversation.Of(request.Get, answer.Get);

        var read = Read(ChatJsonlWriter.Line(row)).GetAwaiter().GetResult().Single().Conversation;

        read.Turns.ShouldBe(row.Turns);
    }).QuickCheckThrowOnFailure();

    static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(r => r == System.Text.Rune.ReplacementChar);

    static async Task<List<DatasetRow>> Read(string text)
    {
        var rows = new List<DatasetRow>();
        await foreach (var row in DatasetReader.ReadAsync("data.jsonl", new StringReader(text), CancellationToken.None)) rows.Add(row);
        return rows;
    }
}
