using Plumbline.Runs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_held_by_one_at_a_time_and_given_back()
    {
        using (RunFolder.Open(folder.Path))
            Should.Throw<RunException>(() => RunFolder.Open(folder.Path)).Message.ShouldContain("Another process");

        RunFolder.Open(folder.Path).Dispose();
    }

    [Fact]
    public void A_plan_of_another_version_or_no_plan_at_all_is_refused_with_the_file_s_name()
    {
        using var run = RunFolder.Open(folder.Path);
        run.ReadPlan().ShouldBeNull();

        folder.File("plan.json", "{\"format\": \"plumbline.run/1\"");
        Should.Throw<RunException>(() => run.ReadPlan()).Message.ShouldContain("plan.json");

        folder.File("plan.json", "[]");
        Should.Throw<RunException>(() => run.ReadPlan()).Message.ShouldContain("plan.json");
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_not_said_to_be_in_use()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "run.lock"));

        Should.Throw<RunException>(() => RunFolder.Open(folder.Path)).Message.ShouldNotContain("Another process");
    }

    [Fact]
    public void A_path_that_is_a_file_is_refused() =>
        Should.Throw<RunException>(() => RunFolder.Open(folder.File("taken", ""))).Message.ShouldContain("-o");
}
