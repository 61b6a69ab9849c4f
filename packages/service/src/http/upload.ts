import type { FastifyRequest } from 'fastify';
import { serviceErrors } from '../errors.ts';

/** A file a person sent, whole; the size limit keeps it in memory safely. */
export interface Upload {
  fileName: string;
  mediaType: string;
  bytes: Buffer;
}

export const uploadBytesMax = 10 * 1024 * 1024;

/** Reads the one file of a multipart request. Errors: UPLOAD_INVALID, REQUEST_TOO_LARGE. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw serviceErrors.error('UPLOAD_INVALID');
  const part = await request.file();
  if (part?.fieldname !== 'file') throw serviceErrors.error('UPLOAD_INVALID');
  const bytes = await part.toBuffer();
  if (bytes.length === 0) throw serviceErrors.error('UPLOAD_INVALID', 'The file is empty.');
  return { fileName: part.filename.slice(0, 200) || 'file', mediaType: part.mimetype, bytes };
}
