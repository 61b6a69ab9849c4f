import type { FileHeader, StoreFileRequest } from '@clearlot/proto/documents/v1/documents';
import type { Upload } from './upload.ts';

const CHUNK_BYTES = 64 * 1024;

/** An upload as the stream that documents' StoreFile takes: whose it is and what it proves, then its bytes in order. */
export function* fileParts(
  upload: Upload,
  proof: Pick<FileHeader, 'ownerId' | 'purpose' | 'subjectId'>,
): Generator<StoreFileRequest> {
  const { fileName, mediaType, bytes } = upload;
  yield { part: { $case: 'header', value: { ...proof, fileName, mediaType } } };
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield { part: { $case: 'chunk', value: bytes.subarray(at, at + CHUNK_BYTES) } };
  }
}
