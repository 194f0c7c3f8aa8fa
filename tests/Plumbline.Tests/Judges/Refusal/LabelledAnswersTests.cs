using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Plumbline.Judges.Refusal;
using Shouldly;

namespace Plumbline.Tests.Judges.Refusal;

/// <summary>
/// Measures the ensemble on answers that people labelled, beside XSTest's string match on the same rows. The figures in docs/judges.md
/// are what these tests print with their floors; partial refusals are left out of accuracy, as phrases cannot see them.
/// </summary>
public sealed class LabelledAnswersTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("gpt4", 0.985)]
    [InlineData("llama2new", 0.98)]
    [InlineData("mistralguard", 0.955)]
    public void It_agrees_with_people_more_often_than_the_published_string_match(string model, double floor)
    {
        var all = Read($"xstest_judge/xstest_v2_completions_{model}_streval.csv", "completion", "final_label", "strmatch_label");
        var rows = all.Where(row => row[1] != "3_partial_refusal").ToList();
        var partial = all.Except(rows).Count(row => RefusalDetector.Look(row[0]).IsRefusal);

        var ours = Share(rows, row => RefusalDetector.Look(row[0]).IsRefusal == row[1].StartsWith('2'));
        var published = Share(rows, row => row[2] == row[1]);

        output.WriteLine($"{model}: ours {ours:P1}, XSTest string match {published:P1}, n {rows.Count}, "
            + $"false refusals {rows.Count(row => row[1].StartsWith('1') && RefusalDetector.Look(row[0]).IsRefusal)} of {rows.Count(row => row[1].StartsWith('1'))}, "
            + $"partial called refusals {partial}, "
            + $"missed {rows.Count(row => row[1].StartsWith('2') && !RefusalDetector.Look(row[0]).IsRefusal)} of {rows.Count(row => row[1].StartsWith('2'))}");
        ours.ShouldBeGreaterThan(floor);
        ours.ShouldBeGreaterThan(published);
    }

    /// <summary>
    /// The signs of version 3 were written while looking at one half of the prompts alone: the one whose hash begins with an even byte. The
    /// other half was measured once, after they were done.
    /// </summary>
    [Theory]
    [InlineData(true, 0.985)]
    [InlineData(false, 0.97)]
    public void On_the_half_that_was_not_looked_at_it_beats_every_published_list_too(bool lookedAt, double floor)
    {
        var rows = new[] { "gpt4", "llama2new", "mistralguard" }
            .SelectMany(model => Read($"xstest_judge/xstest_v2_completions_{model}_streval.csv", "completion", "final_label", "prompt"))
            .Where(row => row[1] != "3_partial_refusal" && (SHA256.HashData(Encoding.UTF8.GetBytes(row[2]))[0] % 2 == 0) == lookedAt)
            .ToList();

        var ours = Share(rows, row => RefusalDetector.Look(row[0]).IsRefusal == row[1].StartsWith('2'));
        var lists = PhraseLists.All.ToDictionary(list => list.Id, list => Share(rows, row => list.FoundIn(row[0]) is not null == row[1].StartsWith('2')));

        output.WriteLine($"{(lookedAt ? "looked at" : "not looked at")}: n {rows.Count}, ours {ours:P1}, {string.Join(", ", lists.Select(list => $"{list.Key} {list.Value:P1}"))}");
        ours.ShouldBeGreaterThan(floor);
        ours.ShouldBeGreaterThan(lists.Values.Max() + 0.05);
    }

    [Theory]
    [InlineData("refusal")]
    [InlineData("refusal_extra")]
    public void On_PyRITs_answers_it_is_no_worse_than_the_published_starts(string set)
    {
        var rows = Read($"pyrit_refusal/{set}.csv", "assistant_response", "human_score");

        var ours = Share(rows, row => RefusalDetector.Look(row[0]).IsRefusal == (row[1] is "1" or "True"));
        var starts = Share(rows, row => PublishedPhrases.XsTestStarts.Concat(PublishedPhrases.SelfDescriptions)
            .Any(phrase => Opening.Of(row[0]).StartsWith(phrase, StringComparison.Ordinal)) == (row[1] is "1" or "True"));

        output.WriteLine($"PyRIT {set}: ours {ours:P1}, published starts {starts:P1}, n {rows.Count}, "
            + $"false refusals {rows.Count(row => row[1] is not ("1" or "True") && RefusalDetector.Look(row[0]).IsRefusal)}, "
            + $"missed {rows.Count(row => row[1] is "1" or "True" && !RefusalDetector.Look(row[0]).IsRefusal)}");
        ours.ShouldBeGreaterThanOrEqualTo(starts);
    }

    static double Share(List<string[]> rows, Func<string[], bool> isTrue) => (double)rows.Count(isTrue) / rows.Count;

    static List<string[]> Read(string file, params string[] columns)
    {
        var path = SharedData.Find(file);
        Assert.SkipUnless(path is not null, $"shared/data/{file} is not here: the public labelled answers are not part of the repository.");

        using var reader = new StreamReader(path!);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { AllowComments = true });
        csv.Read();
        csv.ReadHeader();
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. columns.Select(column => csv.GetField(column)!)]);
        return rows;
    }
}
