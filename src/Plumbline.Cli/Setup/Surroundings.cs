using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Sources;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Setup;

/// <summary>The program and where it runs.</summary>
internal static class Surroundings
{
    private static readonly string[] Proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "all_proxy", "no_proxy"];
    private static readonly string[] Keys = [ApiKeys.OpenAi, ApiKeys.Anthropic, ApiKeys.Azure, ApiKeys.Plumbline];

    /// <summary>Looks at everything; what is wrong with one thing keeps no other from being looked at.</summary>
    public static DoctorReport Report(Workshop workshop)
    {
        var findings = new List<KeyValuePair<string, string>>();
        var problems = new List<string>();
        // A faulty file is told once, below, and keeps no variable of the process from being looked at.
        var known = workshop.Variables.ToDictionary(StringComparer.Ordinal);
        Add("plumb", AuditRunner.ToolVersion);
        Add(".NET", RuntimeInformation.FrameworkDescription);
        Add("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        Add("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Add("vectors", Vectors());
        Add("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024:0.0} GiB for this process"));
        Look("bob", BobFolder.Find);
        Look("working folder", () => Writable(Directory.GetCurrentDirectory()));
        Look(ConfigurationFile.Name, () => ConfigurationFile.Find(named: null) is { } file ? $"{file.Path}, {file.Layer.Values.Count} values" : "none in the working folder");
        foreach (var file in workshop.Files?.Paths ?? []) Look(file, () => $"{EnvironmentFile.Read(file).Count} variables");
        foreach (var key in Keys) Add(key, string.IsNullOrWhiteSpace(Value(key)) ? "not set" : workshop.Files?.OriginOf(key) is { } origin ? $"set, as {origin.Place}" : "set");
        foreach (var name in workshop.VariableNames().Where(name => name.StartsWith("PLUMBLINE_", StringComparison.Ordinal) && !Keys.Contains(name, StringComparer.Ordinal)).Order(StringComparer.Ordinal))
            Add(name, Redaction.IsSecret(name) ? "set" : Value(name) ?? "");
        foreach (var name in Proxies.Where(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))) Add(name, WithoutPassword(Environment.GetEnvironmentVariable(name)!));
        foreach (var (name, meant) in EnvironmentLayer.Strangers(workshop.VariableNames())) problems.Add($"The environment variable {name} sets nothing.{(meant is null ? "" : $" Did you mean {meant}?")}");
        Look("environment", () => $"{workshop.Settings.Values.Count} settings");
        return new DoctorReport(findings, problems);

        string? Value(string name) => known.GetValueOrDefault(name);

        void Add(string name, string value) => findings.Add(KeyValuePair.Create(name, value));

        void Look(string name, Func<string> look)
        {
            try
            {
                Add(name, look());
            }
            catch (Exception exception)
            {
                Add(name, "PROBLEM, see below");
                problems.Add(Failure.Of(exception).Sentence);
            }
        }
    }

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : Vector128.IsHardwareAccelerated ? "128 bits" : "none: the engine will be slow";

    private static string Writable(string folder)
    {
        var probe = Path.Combine(folder, $".plumb-doctor.{Environment.ProcessId}");
        using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose)) return $"{folder}, writable";
    }

    private static string WithoutPassword(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString() + " (with a user name)" : address.Contains('@') ? "set" : address;
}
