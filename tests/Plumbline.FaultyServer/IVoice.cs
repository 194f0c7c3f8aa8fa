namespace Plumbline.FaultyServer;

/// <summary>What a server says, where that depends on what it is asked.</summary>
internal interface IVoice
{
    /// <summary>The answer.</summary>
    string Say(AskedChat asked);

    /// <summary>What is asked without what is drawn anew for each call, so that two calls for the same thing have the same; null where nothing is.</summary>
    string? ContentOf(AskedChat asked);

    /// <summary>What it is about, for a reader: the request that is answered or judged.</summary>
    string SubjectOf(AskedChat asked);
}
