using Plumbline.Audits;
using Shouldly;

namespace Plumbline.Tests.Audits;

public class RequestWordsTests
{
    const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("caseLimit", "40", "120", "--cases was 40 and is 120")]
    [InlineData("caseLimit", "none", "40", "--cases was not given and is 40")]
    [InlineData("suite", Hash, "x", "--suite (by its content) was 0123456789ab… and is x")]
    [InlineData("order", null, "0", "--stop-early was not given and is given")]
    [InlineData("order", "0", null, "--stop-early was given and is not given")]
    [InlineData("order", "0", "7", "--seed (which orders the cases under --stop-early) was 0 and is 7")]
    [InlineData("systemPrompt", null, "", "--system was not given and is empty")]
    [InlineData("attacks", "none:12 aim:34", "none:12 rot13:56", "--attack lacks aim:34, has besides rot13:56")]
    [InlineData("attacks", "none:12 aim:34", "aim:34 none:12", "the order of --attack is another")]
    public void A_changed_request_is_told_by_option_and_values(string part, string? before, string? now, string words) =>
        RequestWords.Change(part, before, now).ShouldBe(words);
}
