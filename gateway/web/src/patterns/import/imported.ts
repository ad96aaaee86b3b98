// What every import answers, before and after.

export interface Imported {
  is_imported: boolean;
  failed_rows: number;
  errors: { row: number; column: string; message: string }[];
}
