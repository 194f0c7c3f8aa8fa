using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Choices;
using Plumbline.Judges.Answers;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Choices;

public sealed class MultipleChoiceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    // Eight questions of four options and four of two; the right letters go round.
    static Suite Questions { get; } = Suite.Create("questions", "1",
    [
        .. Enumerable.Range(0, 8).Select(number => Question(number, 4)),
        .. Enumerable.Range(8, 4).Select(number => Question(number, 2)),
        SuitePrompt.Create("How much is one and one?", PromptKind.Capability, "sums", "2"),
        SuitePrompt.Create("Which letter comes first?\nA) a\nB) b", PromptKind.Lookalike),
    ]);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Both_sides_are_read_by_probability_where_both_tell_it()
    {
        var baseline = new ScoredClient(ScriptedClient.Saying(_ => "I'd rather not say."), Right);
        var candidate = new ScoredClient(ScriptedClient.Saying(_ => "2"), question => Number(question) < 6 ? Right(question) : "A");

        var document = await Run(baseline, candidate);

        // Chance is (8 × 1/4 + 4 × 1/2) ÷ 12 = 1/3. The candidate knows 0 to 5, and of the others those whose letter is A: 8 and 10.
        var facts = document.MultipleChoice.ShouldNotBeNull();
        facts.Questions.ShouldBe(12);
        facts.Chance.ShouldBe(1 / 3.0, 1e-12);
        (facts.Baseline.ReadBy, facts.Baseline.Right.Count, facts.Baseline.AboveChance).ShouldBe((ChoiceReading.LogProbability, 12, 1.0));
        facts.Candidate.Right.Count.ShouldBe(8);
        facts.Candidate.AboveChance.ShouldBe((8 / 12.0 - 1 / 3.0) / (2 / 3.0), 1e-12);
        facts.Difference.Estimate.ShouldBe(-4 / 12.0, 1e-12);
        baseline.Scored.ShouldBe(12);
        document.Cases.Where(result => result.Prompt.Contains("one and one", StringComparison.Ordinal)).Single().Candidate!.Response.ShouldBe("2");
        document.Cases.Single(result => result.Kind == PromptKind.Lookalike).Candidate!.Response.ShouldBe("2", "only tasks are chosen for the model");
        Json(AuditFile.Read(Path.Combine(folder.Path, AuditFile.Name))).ShouldBe(Json(document));
    }

    [Fact]
    public async Task Both_sides_are_read_by_letter_where_one_tells_no_probability()
    {
        var baseline = new ScoredClient(ScriptedClient.Saying(question => $"The answer is {Right(question)}."), _ => "B");

        var document = await Run(baseline, ScriptedClient.Saying(_ => "Hm."));

        document.MultipleChoice!.Baseline.ReadBy.ShouldBe(ChoiceReading.Text);
        document.MultipleChoice.Baseline.Right.Count.ShouldBe(12);
        document.MultipleChoice.Candidate.Right.Count.ShouldBe(0);
        document.MultipleChoice.Candidate.AboveChance.ShouldBe(-0.5, 1e-12);
        baseline.Scored.ShouldBe(0);
    }

    // Half of the answers read one way and half the other would be no measurement.
    [Fact]
    public async Task A_run_that_was_read_one_way_is_not_resumed_the_other()
    {
        var scored = new ScoredClient(ScriptedClient.Saying(_ => "2"), Right);
        var inTime = await Run(scored, scored);

        (await Should.ThrowAsync<RunException>(() => Run(ScriptedClient.Saying(_ => "A"), ScriptedClient.Saying(_ => "A")))).Message.ShouldContain("how choices are read");
        Json(await Run(scored, scored)).ShouldBe(Json(inTime));
        scored.Scored.ShouldBe(24);
    }

    [Fact]
    public async Task A_suite_without_such_questions_has_no_such_figures()
    {
        var suite = Suite.Create("sums", "1", [SuitePrompt.Create("How much is one and one?", PromptKind.Capability, "sums", "2")]);
        var scored = new ScoredClient(ScriptedClient.Saying(_ => "2"), Right);

        var document = await Run(scored, scored, suite);

        document.MultipleChoice.ShouldBeNull();
        Json(document).ShouldNotContain("multipleChoice");
    }

    [Fact]
    public async Task A_system_message_stands_before_the_question_and_is_scored_with_it()
    {
        var scorer = new ScoredClient(ScriptedClient.Saying(_ => "2"), Right);
        var client = new ChoosingChatClient(scorer, Questions, ChoiceMethod.ByAnyProbability);

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, Questions.Prompts[1].Text)], options: null, Token);

        response.Text.ShouldBe("B");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (await client.GetResponseAsync([new ChatMessage(ChatRole.User, Questions.Prompts[1].Text + " ")], options: null, Token)).Text.ShouldBe("2");
    }

    // The end of the turn is blank, and so is a line feed; the order of letters in the noise is no choice, nor is a letter that was drawn against the odds.
    [Theory]
    [InlineData("", "<|end|>", "<|end|>")]
    [InlineData("\n", "\n", "(\u2013)")]
    [InlineData("Well", "Well", "Well")]
    [InlineData("B", "<think>", "<think>")]
    public async Task What_has_chosen_nothing_is_no_empty_answer_and_names_no_option(string said, string likeliest, string expected)
    {
        var told = new TellingClient(_ =>
        {
            var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, said)) { FinishReason = ChatFinishReason.Length };
            TokenProbabilities.Attach(response, [new TokenProbability("B", -15), new TokenProbability(likeliest, -0.01), new TokenProbability("A", -16)]);
            return response;
        });
        var client = new ChoosingChatClient(told, Questions, new ChoiceMethod(ChoiceReading.LogProbability, 20));

        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, Questions.Prompts[1].Text)], options: null, Token);

        (response.Text, response.FinishReason).ShouldBe((expected, ChatFinishReason.Stop));
        ExpectedAnswer.IsGiven(Questions.Prompts[1], response.Text).ShouldNotBe(true);
    }

    [Fact]
    public async Task An_answer_without_a_letter_is_no_right_choice_and_counted()
    {
        var candidate = new TellingClient(call => call == 0 ? Chosen("B", 0) : Chosen("\n", -0.001));
        var baseline = new TellingClient(_ => Chosen("B", 0));

        var facts = (await Run(baseline, candidate, Suite.Create("questions", "1", [.. Questions.Prompts.Take(12)]))).MultipleChoice.ShouldNotBeNull();

        (facts.Questions, facts.Baseline.WithoutLetter, facts.Candidate.WithoutLetter, facts.Candidate.Right.Count).ShouldBe((12, 0, 12, 0));

        static ChatResponse Chosen(string token, double logProbability)
        {
            var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, token)) { FinishReason = ChatFinishReason.Length };
            TokenProbabilities.Attach(response, [new TokenProbability(token, logProbability), new TokenProbability("A", -14)]);
            return response;
        }
    }

    Task<AuditDocument> Run(IChatClient baseline, IChatClient candidate, Suite? suite = null) => new AuditRunner(TimeProvider.System).RunAsync(
        new AuditRequest(
            new AuditSide(new ModelFacts("before", "id-before", new Dictionary<string, string>()), baseline),
            new AuditSide(new ModelFacts("after", "id-after", new Dictionary<string, string>()), candidate),
            suite ?? Questions,
            AttackCatalog.Named(["none"]),
            new RefusalJudge())
        {
            Rule = new DecisionRule { Resamples = 200 },
        },
        folder.Path,
        progress: null,
        Token);

    static SuitePrompt Question(int number, int options) => SuitePrompt.Create(
        $"Question {number}: which is {number}?\n" + string.Join('\n', Enumerable.Range(0, options).Select(option => $"{(char)('A' + option)}) it is {number * 10 + option}")),
        PromptKind.Capability,
        "questions",
        ((char)('A' + number % options)).ToString());

    static string Right(string question) => Questions.Prompts.Single(prompt => prompt.Text == question).Answer!;

    static int Number(string question) => int.Parse(question.Split(' ', ':')[1]);

    static string Json(AuditDocument document) => JsonSerializer.Serialize(document, AuditJsonContext.Default.AuditDocument);
}
