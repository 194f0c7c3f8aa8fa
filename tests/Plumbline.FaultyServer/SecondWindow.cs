namespace Plumbline.FaultyServer;

/// <summary>A hard limit on requests in any one second. A refused request does not count.</summary>
internal sealed class SecondWindow(int most, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _taken = new();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            while (_taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1)) _taken.Dequeue();
            if (_taken.Count >= most) return false;
            _taken.Enqueue(now);
            return true;
        }
    }
}
