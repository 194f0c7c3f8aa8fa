namespace Plumbline.Transformers.Checkpoints.Gguf;

/// <summary>A GGUF file's metadata by key, read with errors that name the file and the key.</summary>
public sealed class GgufMetadata
{
    private readonly string file;
    private readonly Dictionary<string, object> values;

    internal GgufMetadata(string file, Dictionary<string, object> values)
    {
        this.file = file;
        this.values = values;
    }

    /// <summary>The file's path.</summary>
    public string File => file;

    /// <summary>All keys.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>A text, if the key is there.</summary>
    public string? Text(string key) => Get<string>(key, "a text");

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Missing(key, "a text");

    /// <summary>A list of texts, if the key is there.</summary>
    public IReadOnlyList<string>? Texts(string key) => Get<string[]>(key, "a list of texts");

    /// <summary>A list of whole numbers, if the key is there.</summary>
    public IReadOnlyList<long>? Wholes(string key) => Get<long[]>(key, "a list of whole numbers");

    /// <summary>A list of numbers, if the key is there.</summary>
    public IReadOnlyList<double>? Numbers(string key) => Get<double[]>(key, "a list of numbers");

    /// <summary>True or false, if the key is there.</summary>
    public bool? Flag(string key) => values.ContainsKey(key) ? GetValue<bool>(key, "true or false") : null;

    /// <summary>A finite number, if the key is there.</summary>
    public float? Number(string key)
    {
        if (!values.ContainsKey(key))
            return null;
        var number = GetValue<double>(key, "a number");
        return double.IsFinite(number) ? (float)number : throw Wrong(key, "a finite number");
    }

    /// <summary>A whole number of at least <paramref name="smallest"/>, if the key is there.</summary>
    public int? OptionalWhole(string key, int smallest = 1)
    {
        if (!values.ContainsKey(key))
            return null;
        var whole = GetValue<long>(key, "a whole number");
        return whole >= smallest && whole <= int.MaxValue ? (int)whole : throw Wrong(key, $"a whole number of at least {smallest}");
    }

    /// <summary>A whole number that must be there.</summary>
    public int Whole(string key, int smallest = 1) => OptionalWhole(key, smallest) ?? throw Missing(key, "a whole number");

    /// <summary>A token id, if the key is there and not the «none» that some converters write.</summary>
    public int? Token(string key, int vocabulary)
    {
        if (!values.ContainsKey(key))
            return null;
        var id = GetValue<long>(key, "a token id");
        return id >= 0 && id < vocabulary ? (int)id : null;
    }

    private T? Get<T>(string key, string expected)
        where T : class => !values.TryGetValue(key, out var value) ? null : value as T ?? throw Wrong(key, expected);

    private T GetValue<T>(string key, string expected)
        where T : struct => values[key] is T value ? value : throw Wrong(key, expected);

    private CheckpointException Wrong(string key, string expected) => new($"{file}: the metadata {key} is {values[key]}; expected {expected}.");

    private CheckpointException Missing(string key, string expected) => new($"{file}: the metadata {key} is missing; expected {expected}.");
}
