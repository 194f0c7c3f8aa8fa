using System.Text;
using System.Text.Json;

namespace Plumbline.FaultyServer;

/// <summary>Bodies of responses, made once.</summary>
internal static class CompletionBytes
{
    public static byte[] Good(string answer) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "faulty",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = answer }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 20, completion_tokens = 20, total_tokens = 40 },
    });

    /// <summary>An answer of one token, the likeliest, with so many of the likeliest beside it.</summary>
    public static byte[] GoodToken(IReadOnlyList<(string Token, double Logprob)> tokens, int wanted) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "faulty",
        choices = new[]
        {
            new
            {
                index = 0,
                message = new { role = "assistant", content = tokens[0].Token },
                finish_reason = "length",
                logprobs = new
                {
                    content = new[]
                    {
                        new
                        {
                            token = tokens[0].Token,
                            logprob = tokens[0].Logprob,
                            bytes = (byte[]?)null,
                            top_logprobs = tokens.Take(wanted).Select(token => new { token = token.Token, logprob = token.Logprob, bytes = (byte[]?)null }),
                        },
                    },
                },
            },
        },
        usage = new { prompt_tokens = 20, completion_tokens = 1, total_tokens = 21 },
    });

    /// <summary>The same answer in the shape of Anthropic's Messages API.</summary>
    public static byte[] GoodMessage(string answer) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "faulty",
        content = new[] { new { type = "text", text = answer } },
        stop_reason = "end_turn",
        stop_sequence = (string?)null,
        usage = new { input_tokens = 20, output_tokens = 20 },
    });

    public static byte[] Error(string message) => JsonSerializer.SerializeToUtf8Bytes(new { error = new { message, type = "faulty" } });

    /// <summary>What is no completion, in the ways seen of real servers: half a document, another one, none of the fields, no choice, a page.</summary>
    public static byte[][] Malformed(byte[] good) =>
    [
        good[..(good.Length / 2)],
        "[1, 2]"u8.ToArray(),
        "{}"u8.ToArray(),
        """{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"faulty","choices":[]}"""u8.ToArray(),
        Encoding.UTF8.GetBytes("<html><body>Bad gateway</body></html>"),
    ];
}
