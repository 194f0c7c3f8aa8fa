using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.FaultyServer;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Providers.OpenAiCompatible;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Providers.Tests.Choices;

/// <summary>Multiple choice against real servers that tell their likeliest tokens, take smaller numbers only, refuse, or do not heed the question.</summary>
public sealed class ChoicesOverHttpTests : IDisposable
{
    private const int Questions = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-choices-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Suite Asked { get; } = Suite.Create("questions", "1", [.. Enumerable.Range(0, Questions).Select(Question), SuitePrompt.Create("How much is one and one?", PromptKind.Capability, "sums", "2")]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(20, 20, 1)]
    [InlineData(64, 20, 1)]
    [InlineData(5, 5, 2)]
    public async Task Choices_are_read_from_the_likeliest_tokens_where_both_servers_tell_them(int most, int read, int probes)
    {
        await using var baseline = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = most, Likeliest = Knows(30) }, cancellationToken: Cancel);
        await using var candidate = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = most, Likeliest = Knows(10) }, cancellationToken: Cancel);

        var document = await Run(baseline, candidate);

        var facts = document.MultipleChoice.ShouldNotBeNull();
        (facts.Questions, facts.WhyByLetter).ShouldBe((Questions, null));
        (facts.Baseline.ReadBy, facts.Baseline.AmongLikeliest, facts.Baseline.Right.Count, facts.Baseline.WithoutLetter).ShouldBe((ChoiceReading.LogProbability, read, 30, 5));
        (facts.Candidate.AmongLikeliest, facts.Candidate.Right.Count, facts.Candidate.WithoutLetter).ShouldBe((read, 10, 5));
        document.Cases.Count(result => result.Candidate!.Response == "The").ShouldBe(5, "what it says where it knows no letter");
        foreach (var server in new[] { baseline, candidate }) (server.Counts.Requests, server.Counts.AnsweredTwice).ShouldBe((probes + Questions + 1, 0));

        // The same again asks nobody; another way to read them would be another run.
        JsonSerializer.Serialize((await Run(baseline, candidate)).MultipleChoice).ShouldBe(JsonSerializer.Serialize(facts));
        baseline.Counts.Requests.ShouldBe(probes + Questions + 1);
        File.ReadAllText(Path.Combine(_folder, "plan.json")).ShouldContain($"\"choices\": \"LogProbability among {read}\"");
    }

    [Theory]
    [InlineData(0, 2, "the candidate refuses to tell the probabilities of tokens")]
    [InlineData(null, 1, "the candidate tells no probabilities of tokens")]
    public async Task Both_sides_are_read_by_letter_where_one_does_not_tell_and_that_is_found_out_once(int? most, int probes, string why)
    {
        await using var baseline = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 20, Answer = "The answer is A." }, cancellationToken: Cancel);
        await using var candidate = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = most, Answer = "B" }, cancellationToken: Cancel);

        var facts = (await Run(baseline, candidate)).MultipleChoice.ShouldNotBeNull();

        (facts.Baseline.ReadBy, facts.Baseline.AmongLikeliest, facts.Baseline.WithoutLetter, facts.WhyByLetter).ShouldBe((ChoiceReading.Text, null, null, why));
        (facts.Baseline.Right.Count, facts.Candidate.Right.Count).ShouldBe((Questions / 4, Questions / 4));
        (baseline.Counts.Requests, candidate.Counts.Requests).ShouldBe((1 + Questions + 1, probes + Questions + 1));
    }

    [Fact]
    public async Task A_model_that_begins_with_something_else_is_read_by_letter()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 20, Answer = "C", Likeliest = _ => [("<think>", -0.001), ("Well", -7)] }, cancellationToken: Cancel);

        var facts = (await Run(server, server)).MultipleChoice.ShouldNotBeNull();

        (facts.Baseline.ReadBy, facts.WhyByLetter).ShouldBe((ChoiceReading.Text, "the baseline has none of the letters among its 20 likeliest first tokens, asked a question with options"));
        facts.Baseline.Right.Count.ShouldBe(Questions / 4);
    }

    [Fact]
    public async Task A_candidate_with_a_letter_in_the_noise_is_read_by_letter_and_so_is_the_baseline()
    {
        await using var baseline = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 20, Answer = "A" }, cancellationToken: Cancel);
        await using var candidate = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 20, Answer = "Answer: A", Likeliest = _ => [("Answer", -0.0001), ("C", -16), ("B", -17)] }, cancellationToken: Cancel);

        var facts = (await Run(baseline, candidate)).MultipleChoice.ShouldNotBeNull();

        (facts.Baseline.ReadBy, facts.WhyByLetter).ShouldBe(
            (ChoiceReading.Text, "the candidate begins with something else than a letter, asked a question with options: the letters together have less than 0.1% of its first token, and at least 50% is needed"));
        (facts.Baseline.Right.Count, facts.Candidate.Right.Count).ShouldBe((Questions / 4, Questions / 4), "no fall that the reading made");
    }

    [Fact]
    public async Task A_run_read_by_letter_before_goes_on_so_and_one_by_probability_too()
    {
        await using var ignoring = await FaultyChatServer.StartAsync(new FaultOptions { Answer = "C" }, cancellationToken: Cancel);
        await Run(ignoring, ignoring);

        // A server may learn to tell them between two sittings: nothing is asked again, neither the probe nor an item.
        var before = ignoring.Counts.Requests;
        (await Run(ignoring, ignoring)).MultipleChoice!.Baseline.ReadBy.ShouldBe(ChoiceReading.Text);
        ignoring.Counts.Requests.ShouldBe(before);
    }

    [Fact]
    public async Task An_answer_without_probabilities_is_a_failure_of_its_item_and_never_read_the_other_way()
    {
        var asked = 0;
        await using var server = await FaultyChatServer.StartAsync(
            new FaultOptions { MostLogprobs = 20, Likeliest = request => Interlocked.Increment(ref asked) is > 2 and < 7 ? [] : LetteredTokens.Of(request) }, cancellationToken: Cancel);

        var document = await Run(server, server);

        document.Cases.SelectMany(result => new[] { result.Baseline!, result.Candidate! }).Count(side => side.Reason.Contains("told no probabilities", StringComparison.Ordinal)).ShouldBe(4);
        (await Run(server, server)).MultipleChoice!.Questions.ShouldBe(Questions, "failed items are asked again");
    }

    /// <summary>The step from 20 to 5 is made by design: a user who reads "refused for good" looks for answers that are lost.</summary>
    [Fact]
    public async Task A_server_that_tells_fewer_refuses_no_answer()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 5 }, cancellationToken: Cancel);
        var pacers = new PacerPool(new PacerOptions(), TimeProvider.System);
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Endpoint, "m", "key", IsOpenAi: false), pacers, TimeProvider.System);
        var side = new AuditSide(new ModelFacts("m", "m", new Dictionary<string, string>()), client);

        (await ChoiceAgreement.FindAsync(Asked, side, side, Cancel))!.Likeliest.ShouldBe(5);
        pacers.Counts.ShouldBe(new PacerCounts(4, 0, 2, 0, 0, 0, 0, 0, Tried: 2));

        // The same request in the middle of a run is an answer that is missing.
        var options = new ChatOptions { MaxOutputTokens = 1, Temperature = 0 };
        TokenProbabilities.Ask(options, 20);
        await Should.ThrowAsync<Exception>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")], options, Cancel));
        pacers.Counts.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_choice_is_billed_like_any_call()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = 20, RateLimited = 0.2 }, cancellationToken: Cancel);

        var document = await Run(server, server, new SpendingLedger());

        // The probe and every choice write one token; the sum is an answer of twenty.
        var line = document.Cost!.Lines.Single(line => line.Spender == Spender.Candidate);
        (line.Calls, line.OutputTokens, line.EstimatedCalls).ShouldBe((1 + Questions + 1, 1 + Questions + 20, 0));
        document.Cases.ShouldContain(result => result.Candidate!.Faults != null, "attempts before an answer are told with it");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("""{"content":{}}""")]
    [InlineData("""{"content":[null]}""")]
    [InlineData("""{"content":[{"token":"A","logprob":"much","top_logprobs":"x"}]}""")]
    [InlineData("""{"content":[{"token":7,"logprob":-1,"top_logprobs":[null,5,{"token":"A"},{"logprob":-1},{"token":"B","logprob":7}]}]}""")]
    public async Task Probabilities_in_no_known_form_are_none(string logprobs)
    {
        await using var server = new OpenAiCompatible.FakeEndpoint { Default = _ => (200, """{"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"A"},"finish_reason":"length","logprobs":""" + logprobs + "}]}") };
        using var client = new OpenAiCompatibleChatClient(new EndpointOptions(server.Address, "m", null, IsOpenAi: false), new PacerPool(new PacerOptions(), TimeProvider.System), TimeProvider.System);
        var options = new ChatOptions { MaxOutputTokens = 1 };
        TokenProbabilities.Ask(options, 20);

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")], options, Cancel);

        response.Text.ShouldBe("A");
        TokenProbabilities.Of(response).ShouldBeNull();
        server.Requests.Single().Body.ShouldSatisfyAllConditions(body => body.ShouldContain("\"logprobs\":true"), body => body.ShouldContain("\"top_logprobs\":20"));
    }

    private async Task<AuditDocument> Run(FaultyChatServer baseline, FaultyChatServer candidate, SpendingLedger? spending = null)
    {
        using var before = Metered(Client(baseline), Spender.Baseline, spending);
        using var after = Metered(Client(candidate), Spender.Candidate, spending);
        return await new AuditRunner(TimeProvider.System).RunAsync(
            new AuditRequest(
                new AuditSide(new ModelFacts("before", "id-before", new Dictionary<string, string>()), before),
                new AuditSide(new ModelFacts("after", "id-after", new Dictionary<string, string>()), after),
                Asked,
                AttackCatalog.Named(["none"]),
                new RefusalJudge())
            {
                Rule = new DecisionRule { Resamples = 200 },
                Spending = spending,
            },
            _folder,
            progress: null,
            Cancel);
    }

    private static IChatClient Metered(IChatClient client, Spender spender, SpendingLedger? spending) => spending?.Meter(new PricedModel(spender, spender == Spender.Baseline ? "before" : "after", Price: null), client) ?? client;

    private static OpenAiCompatibleChatClient Client(FaultyChatServer server) =>
        new(new EndpointOptions(server.Endpoint, "m", "key", IsOpenAi: false), new PacerPool(new PacerOptions { FirstPause = TimeSpan.FromMilliseconds(20) }, TimeProvider.System), TimeProvider.System);

    private static SuitePrompt Question(int number) => SuitePrompt.Create(
        $"Question {number}: which is {number}?\nA) it is {number}1\nB) it is {number}2\nC) it is {number}3\nD) it is {number}4\nAnswer with the letter only.",
        PromptKind.Capability,
        "questions",
        Right(number));

    private static string Right(int number) => ((char)('A' + (number % 4))).ToString();

    /// <summary>A model that knows the first so many questions, and of the last five no letter.</summary>
    private static Func<JsonElement, IReadOnlyList<(string Token, double Logprob)>> Knows(int known) => request =>
    {
        var text = request.GetProperty("messages")[0].GetProperty("content").GetString()!;
        if (!text.StartsWith("Question ", StringComparison.Ordinal)) return [("The", -1), (" B", -0.5)];

        var number = int.Parse(text["Question ".Length..text.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
        if (number >= Questions - 5) return [("The", -0.1), ("It", -3)];

        var (right, wrong) = (Right(number), Right(number + 1));
        // Neither token of the chosen letter is the likeliest letter alone.
        return number < known ? [("The", -0.9), (wrong, -2), (right, -2.1), (" " + right, -2.2)] : [("The", -0.9), (right, -2), (wrong, -2.1), (" " + wrong, -2.2)];
    };
}
