/// The script that exports what neglint reads of a project, with gcloud (`docs/exporting.md`).
///
/// It writes the manifest that this room reads.
public enum ExportScript {
  /// A script for a POSIX shell.
  public static var text: [UInt8] { PackageResources.export_sh }
}
