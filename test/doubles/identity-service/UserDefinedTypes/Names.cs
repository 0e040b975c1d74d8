namespace Microsoft.SqlServer.Server;

// Microsoft.Data.SqlClient loads an assembly of this name with the first parameter that it sends, because the same method
// can send values of user-defined types. No statement of the service has any, so the names are enough: with anything
// behind them the driver would be another than Microsoft's. The package of this name is left out as those for Azure are.
// https://github.com/dotnet/SqlClient/tree/main/src/Microsoft.SqlServer.Server

public enum Format
{
    Unknown,
    Native,
    UserDefined,
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;
    public bool IsByteOrdered { get; set; }
    public bool IsFixedLength { get; set; }
    public int MaxByteSize { get; set; }
    public string? Name { get; set; }
    public string? ValidationMethodName { get; set; }
}

public sealed class InvalidUdtException : SystemException;

public interface IBinarySerialize
{
    void Read(BinaryReader reader);

    void Write(BinaryWriter writer);
}
