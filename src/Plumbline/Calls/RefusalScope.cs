namespace Plumbline.Calls;

/// <summary>What a refused call says about others.</summary>
public enum RefusalScope
{
    /// <summary>Nothing: this request is refused for what it is, such as an option that the server does not know.</summary>
    ThisRequest,

    /// <summary>Every other call would fail in the same way: the key is refused, its quota is used up, or the server asks to be left alone for longer than a
    /// call may take.</summary>
    EveryCall,
}
