using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Plumbline.House.Tests;

/// <summary>
/// A room's assembly, read as data: what it references, and which of its folders uses which, taken from signatures and from the
/// instructions of every method, so that a use needs no <c>using</c> line to be seen.
/// </summary>
#pragma warning disable CA1001 // the reader holds an array, no file: there is nothing to give back
internal sealed class CompiledRoom
#pragma warning restore CA1001
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xffff, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly string _root;

    private CompiledRoom(string path, string root)
    {
        _file = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
        _metadata = _file.GetMetadataReader();
        _root = root;
    }

    public static CompiledRoom Open(string room) => new(Repository.AssemblyOf(room), room);

    public static CompiledRoom OpenFile(string path, string root) => new(path, root);

    public IReadOnlyList<string> References =>
        [.. _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))];

    /// <summary>Folder (first level; "" is the room's own) to the other folders that its code uses.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> FolderArrows()
    {
        var arrows = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var handle in _metadata.TypeDefinitions)
        {
            if (FolderOf(handle) is not { } from) continue;
            if (!arrows.TryGetValue(from, out var targets)) arrows[from] = targets = new HashSet<string>(StringComparer.Ordinal);
            foreach (var used in TypesUsedBy(_metadata.GetTypeDefinition(handle)))
            {
                if (FolderOf(used) is { } to && to != from) ((HashSet<string>)targets).Add(to);
            }
        }

        return arrows;
    }

    /// <summary>Static fields that a program could assign after start-up, as <c>Type.Field</c>.</summary>
    public IEnumerable<string> MutableStatics() =>
        from handle in _metadata.FieldDefinitions
        let field = _metadata.GetFieldDefinition(handle)
        let owner = _metadata.GetTypeDefinition(field.GetDeclaringType())
        where field.Attributes.HasFlag(FieldAttributes.Static)
            && !field.Attributes.HasFlag(FieldAttributes.InitOnly) && !field.Attributes.HasFlag(FieldAttributes.Literal)
        let name = $"{_metadata.GetString(owner.Name)}.{_metadata.GetString(field.Name)}"
        where !name.Contains('<')
        select name;

    /// <summary>Whether the code refers to a method of a type from outside the room.</summary>
    public bool Calls(string type, string method) => _metadata.MemberReferences
        .Select(handle => _metadata.GetMemberReference(handle))
        .Any(member => member.Parent.Kind == HandleKind.TypeReference
            && _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == type
            && _metadata.GetString(member.Name) == method);

    /// <summary>Names of the types that people wrote, nested ones included.</summary>
    public IEnumerable<string> TypeNames() =>
        _metadata.TypeDefinitions.Select(handle => _metadata.GetString(_metadata.GetTypeDefinition(handle).Name)).Where(name => !name.Contains('<'));

    private string? FolderOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        var space = _metadata.GetString(type.Namespace);
        if (space == _root) return "";
        return space.StartsWith(_root + ".", StringComparison.Ordinal) ? space[(_root.Length + 1)..].Split('.')[0] : null;
    }

    private IEnumerable<TypeDefinitionHandle> TypesUsedBy(TypeDefinition type)
    {
        var used = new TypeCollector(_metadata);
        used.Add(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations()) used.Add(_metadata.GetInterfaceImplementation(handle).Interface);
        foreach (var handle in type.GetFields()) _metadata.GetFieldDefinition(handle).DecodeSignature(used, null);
        foreach (var handle in type.GetMethods())
        {
            var method = _metadata.GetMethodDefinition(handle);
            method.DecodeSignature(used, null);
            if (method.RelativeVirtualAddress != 0) AddBody(_file.GetMethodBody(method.RelativeVirtualAddress), used);
        }

        return used.Types;
    }

    private void AddBody(MethodBodyBlock body, TypeCollector used)
    {
        if (!body.LocalSignature.IsNil) _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(used, null);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xfe) value = 0xfe00 | code.ReadByte();
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    used.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    // In two steps: the compound form would read the offset before the count, and land four bytes short.
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineSig or OperandType.InlineString or OperandType.ShortInlineR:
                    code.Offset += 4;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
            }
        }
    }
}
