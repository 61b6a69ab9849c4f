// npm run generate:api: the web app's types from the API document of a running platform (CLEARLOT_URL, else localhost:8080).
import { writeFileSync } from 'node:fs';
import { apiTypes, apiTypesFile } from './web/api-types.ts';

const url = process.env.CLEARLOT_URL ?? 'http://localhost:8080';
const response = await fetch(`${url}/api/openapi.json`);
writeFileSync(apiTypesFile, await apiTypes(await response.text()));
console.log(`${apiTypesFile} is what ${url} says of itself`);
