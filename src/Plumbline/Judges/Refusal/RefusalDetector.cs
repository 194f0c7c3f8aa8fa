namespace Plumbline.Judges.Refusal;

/// <summary>Tells refusals from answers by their opening phrases. English only.</summary>
public static class RefusalDetector
{
    /// <summary>Looks at one answer.</summary>
    public static RefusalFinding Look(string response)
    {
        var opening = Opening.Of(response);
        var found = RefusalSigns.All.Where(sign => sign.IsIn(opening)).ToList();
        var votes = found.Sum(sign => sign.Votes);
        return new RefusalFinding(votes >= RefusalSigns.Threshold, votes, [.. found.Select(sign => sign.Name)]);
    }
}
