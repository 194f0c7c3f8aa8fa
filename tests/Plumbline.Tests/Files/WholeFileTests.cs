using Plumbline.Files;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_written_whole_or_not_at_all()
    {
        var path = folder.File("whole.txt", "old");

        Should.Throw<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("disk full");
        }));
        await Should.ThrowAsync<IOException>(() => WholeFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray());
            throw new IOException("disk full");
        }));

        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public async Task A_new_file_takes_the_old_ones_place()
    {
        var path = folder.File("whole.txt", "old and longer");

        WholeFile.Write(path, stream => stream.Write("new"u8));
        File.ReadAllText(path).ShouldBe("new");
        await WholeFile.WriteAsync(path, async stream => await stream.WriteAsync("newer"u8.ToArray()));

        File.ReadAllText(path).ShouldBe("newer");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    /// <summary>As audit.json is, while it is derived anew from what it holds. Only Windows can fail it.</summary>
    [Fact]
    public void A_file_that_is_being_read_gives_way_and_its_reader_goes_on_with_the_old_one()
    {
        var path = folder.File("whole.txt", "old");
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));

        WholeFile.Write(path, stream => stream.Write("new"u8));

        File.ReadAllText(path).ShouldBe("new");
        reader.ReadToEnd().ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    /// <summary>Windows can fail to replace a file when the old one is gone already and the new one has its temporary name still (its error 1176), and then both were gone.</summary>
    [Fact]
    public void Where_the_old_file_is_gone_and_the_new_one_is_not_yet_there_it_is_put_there()
    {
        var (path, temporary) = (folder.File("whole.txt", "old"), folder.File("whole.txt.1.tmp", "new"));

        WholeFile.Replace(temporary, path, HalfReplace, File.Move);

        File.ReadAllText(path).ShouldBe("new");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void What_can_be_put_nowhere_is_kept_where_it_is_the_only_copy()
    {
        var (path, temporary) = (folder.File("whole.txt", "old"), folder.File("whole.txt.1.tmp", "new"));

        Should.Throw<LeftBesideException>(() => WholeFile.Replace(temporary, path, HalfReplace, (_, _) => throw new UnauthorizedAccessException("It is being read.")))
            .Message.ShouldBe($"{path} could not be put in its place (It is being read), and what was there before is gone. The new content is whole in {temporary}: rename that to whole.txt");

        File.ReadAllText(temporary).ShouldBe("new");
    }

    [Fact]
    public void What_cannot_be_replaced_stays()
    {
        var (path, temporary) = (folder.File("whole.txt", "old"), folder.File("whole.txt.1.tmp", "new"));

        Should.Throw<IOException>(() => WholeFile.Replace(temporary, path, (_, _) => throw new IOException("It is being read."), File.Move)).Message.ShouldBe("It is being read.");

        File.ReadAllText(path).ShouldBe("old");
    }

    static void HalfReplace(string from, string to)
    {
        File.Delete(to);
        throw new IOException("The replacement file could not be renamed.");
    }

    [Fact]
    public async Task What_is_no_longer_wanted_when_it_is_whole_is_thrown_away()
    {
        var path = folder.File("whole.txt", "old");
        var isWhole = false;

        var isThere = await WholeFile.WriteAsync(
            path,
            async stream =>
            {
                await stream.WriteAsync("new"u8.ToArray());
                isWhole = true;
            },
            isWanted: () => !isWhole);

        isThere.ShouldBeFalse();
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task The_sum_of_what_is_written_is_that_of_the_file(int pieces)
    {
        var path = Path.Combine(folder.Path, "whole.txt");
        var piece = "a piece of it, "u8.ToArray();

        var (sum, wasThere) = await WholeFile.WriteSummedAsync(path, async stream =>
        {
            for (var i = 0; i < pieces; i++)
                await stream.WriteAsync(piece);
        });

        sum.ShouldBe(FileSum.Of(path));
        sum.Length.ShouldBe((long)pieces * piece.Length);
        wasThere.ShouldBeFalse();
        WholeFile.WriteSummed(path, stream => stream.Write(piece)).Written.ShouldBe(FileSum.Of(path));
    }

    [Fact]
    public async Task What_the_file_held_already_is_told_and_it_is_left_as_it_is()
    {
        var path = folder.File("whole.txt", "the same");
        var before = DateTime.UnixEpoch.AddDays(1);
        File.SetLastWriteTimeUtc(path, before);

        WholeFile.WriteSummed(path, stream => stream.Write("the same"u8)).ShouldBe((FileSum.Of(path), true));
        (await WholeFile.WriteSummedAsync(path, async stream => await stream.WriteAsync("the same"u8.ToArray()))).ShouldBe((FileSum.Of(path), true));
        File.GetLastWriteTimeUtc(path).ShouldBe(before);
        Directory.GetFiles(folder.Path).ShouldBe([path]);

        WholeFile.WriteSummed(path, stream => stream.Write("the sane"u8)).WasThere.ShouldBeFalse();
        File.ReadAllText(path).ShouldBe("the sane");
    }
}
