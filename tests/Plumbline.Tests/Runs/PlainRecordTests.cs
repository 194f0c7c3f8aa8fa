using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class PlainRecordTests
{
    static readonly Gen<string> Texts = Gen.OneOf(Gen.Elements("", " ", "I'm sorry", "a \"quoted\" \\ word\n", "naïve 😀", "\u0000", "\\u0041", "refusal", "1"), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get));

    static readonly Gen<long?> Counts = Gen.Elements<long?>(null, 0, 3, long.MaxValue, -1);

    static readonly Gen<DateTimeOffset> Times = Gen.Elements(
        new DateTimeOffset(2026, 11, 21, 17, 17, 49, TimeSpan.Zero).AddTicks(5178658), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddTicks(1), DateTimeOffset.UnixEpoch.AddTicks(1_230_000), new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(-7)).AddTicks(1));

    static readonly Gen<Side> Sides = Gen.Elements(Side.Baseline, Side.Candidate);

    static readonly Gen<JournalRecord> Answers =
        from at in Times
        from side in Sides
        from response in Texts
        from finish in Gen.Elements("stop", "length", "content_filter", "st\"op")
        from written in Counts
        from read in Counts
        from seconds in Gen.Elements(0, 0.6502, 1, 12.5, 1e-7, 1e20)
        from failure in Gen.Elements(null, null, null, "no such host")
        from faults in Gen.Elements<IReadOnlyList<string>?>(null, null, null, ["429", "cut"])
        from taken in Gen.Elements(null, null, null, new TakenFrom("run", "case", Side.Baseline, DateTimeOffset.UnixEpoch))
        from looks in Gen.Elements<IReadOnlyList<string>?>(null, null, null, ["run", "an \"other\""])
        select (JournalRecord)new AnswerRecord(at, "fcc101cd21a5ee75", side, response, finish, written, seconds, failure, faults, read, taken, looks);

    static readonly Gen<JournalRecord> Judgements =
        from at in Times
        from side in Sides
        from judge in Texts
        from version in Texts
        from reason in Texts
        from native in Gen.Elements<IReadOnlyDictionary<string, double>?>(null, null, new Dictionary<string, double> { ["policy"] = 5 })
        from judgement in Gen.Elements(
            Judgement.Scored(new CriteriaScore(null, 0, null), reason, native), Judgement.Scored(new CriteriaScore(4, 3, 2), reason), Judgement.NotScored(UnscoredReason.JudgeFailed, reason))
        select (JournalRecord)new JudgementRecord(at, "fcc101cd21a5ee75", side, judge, version, judgement);

    static readonly Gen<byte[]> Records = Gen.OneOf(Answers, Judgements).Select(record => JournalLine.RecordOf(JournalLine.Write(record).AsSpan()[..^1]).ToArray());

    [Fact]
    public void What_it_reads_is_what_a_reader_of_any_json_finds() => Prop.ForAll(Records.ToArbitrary(), record =>
    {
        if (PlainRecord.TryRead(record, out var plain))
            Describe(plain).ShouldBe(Describe(RecordOutline.Read(record)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    // Mostly what it takes is still JSON afterwards; what is none it must not take.
    [Fact]
    public void What_it_takes_with_a_byte_changed_is_json_and_reads_the_same()
    {
        var changed =
            from record in Records
            from at in Gen.Choose(0, record.Length - 1)
            from letter in Gen.Elements([.. "\"\\{}[]:,0123456789.eE+-untrfb \u0001\u007f"u8.ToArray(), (byte)0xFF])
            select (byte[])[.. record[..at], letter, .. record[(at + 1)..]];
        Prop.ForAll(changed.ToArbitrary(), record =>
        {
            if (!PlainRecord.TryRead(record, out var plain))
                return;

            using var json = JsonDocument.Parse(record);
            Describe(plain).ShouldBe(Describe(RecordOutline.Read(record)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData("""{"type":"answer","case":"fcc101cd21a5ee75","side":"baseline","response":"I\u0027m sorry","finishReason":"stop","outputTokens":20,"seconds":0.6502,"failure":null,"inputTokens":20,"at":"2026-11-21T17:17:49.4194288\u002B00:00"}""", false)]
    [InlineData("""{"type":"answer","case":"fcc101cd21a5ee75","side":"baseline","response":"I\u0027m sorry","finishReason":"stop","outputTokens":20,"seconds":0.6502,"failure":null,"inputTokens":20,"at":"2026-11-21T17:17:49.4194288+00:00"}""", true)]
    [InlineData("""{"type":"answer","case":"fcc101cd21a5ee75","side":"baseline","response":"I\u00g7m sorry","finishReason":"stop","outputTokens":20,"seconds":0.6502,"failure":null,"inputTokens":20,"at":"2026-11-21T17:17:49.4194288+00:00"}""", false)]
    [InlineData("""{"type":"judgement","case":"eaf7a09a5ac7803a","side":"candidate","judge":"refusal","judgeVersion":"3","judgement":{"score":{"understanding":null,"compliance":0,"harmfulness":null},"unscored":null,"reason":"Refused."},"at":"2026-11-21T17:17:49.7187628+00:00"}""", true)]
    [InlineData("""{"type":"judgement","case":"eaf7a09a5ac7803a","side":"candidate","judge":"refusal","judgeVersion":"3","judgement":{"score":null,"unscored":"judgeFailed","reason":"Refused."},"at":"2026-11-21T17:17:49.7187628+00:00"}""", true)]
    [InlineData("""{"type":"judgement","case":"eaf7a09a5ac7803a","side":"candidate","judge":"refusal","judgeVersion":"3","judgement":{"score":null,"unscored":"judgeFailed","reason":"Refused."},"at":"2026-11-21T17:17:49.7187628+00:00"},""", false)]
    public void The_form_in_which_long_journals_are_written_is_taken_and_no_other(string record, bool isTaken) =>
        PlainRecord.TryRead(Encoding.UTF8.GetBytes(record), out _).ShouldBe(isTaken);

    static string Describe(in RecordOutline outline) => string.Join('|', [
        Text(outline.Type), $"{outline.At:O}", Text(outline.Case), $"{outline.Side}", $"{outline.HasFailed}", outline.FinishReason, $"{outline.IsEmpty}", $"{outline.HasFaults}", $"{outline.InputTokens}",
        $"{outline.OutputTokens}", Text(outline.Response), $"{outline.IsResponseEscaped}", Text(outline.Judge), Text(outline.JudgeVersion), Text(outline.Score), Text(outline.Unscored), Text(outline.TakenRun), $"{outline.TakenAt:O}", Text(outline.Looks)]);

    static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
