using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class JournalLineTests
{
    static AnswerRecord Record(string response) => new(DateTimeOffset.UnixEpoch, "0123456789abcdef", Side.Baseline, response, "stop", 3, 0.5, null);

    static byte[] Line(string response) => JournalLine.Write(Record(response))[..^1];

    [Fact]
    public void The_polynomial_is_Castagnoli_s() =>
        // The catalogue's check value of CRC-32C.
        Crc("123456789"u8).ShouldBe(0xe3069283);

    [Fact]
    public void The_sum_is_the_one_that_is_computed_bit_by_bit() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), response =>
    {
        var line = Line(response.Get);

        Convert.ToUInt32(Encoding.ASCII.GetString(line, 8, 8), 16).ShouldBe(Crc(JournalLine.RecordOf(line)));
        JournalLine.IsWhole(line).ShouldBeTrue();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void No_bit_of_a_line_can_turn_unseen_and_no_beginning_of_it_is_whole()
    {
        var line = Line("I can't help with that.");
        for (var bit = 0; bit < 8 * line.Length; bit++)
        {
            var turned = line.ToArray();
            turned[bit / 8] ^= (byte)(1 << (bit % 8));
            JournalLine.IsWhole(turned).ShouldBeFalse($"bit {bit}");
        }

        for (var length = 0; length < line.Length; length++)
            JournalLine.IsWhole(line.AsSpan(0, length)).ShouldBeFalse($"{length} bytes");
    }

    [Fact]
    public void A_line_of_an_earlier_version_is_read()
    {
        var record = JournalLine.RecordOf(Line("No.")).ToArray();
        var line = Encoding.UTF8.GetBytes($"{{\"sum\":\"{Convert.ToHexStringLower(SHA256.HashData(record))[..16]}\",\"record\":{Encoding.UTF8.GetString(record)}}}");

        JournalLine.Read(line).ShouldBeOfType<AnswerRecord>().Response.ShouldBe("No.");
        line[10] ^= 1;
        JournalLine.Read(line).ShouldBeNull();
    }

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        const uint reversed = 0x82f63b78;
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ reversed : crc >> 1;
        }

        return ~crc;
    }
}
