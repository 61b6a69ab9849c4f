import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { Button, ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import type { Product } from './commodity.ts';
import { productColumns } from './product-columns.tsx';

/** Asks again for everything that shows products of mine. */
export function useRefreshProducts(): () => Promise<unknown> {
  const queries = useQueryClient();
  const shown = ['/api/products/my', '/api/products/{id}', '/api/products', '/api/suppliers/{id}'];
  return () => Promise.all(shown.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
}

const columns: readonly Column<Product>[] = [
  {
    id: 'title',
    header: 'Product',
    sortBy: ({ title }) => title,
    cell: ({ productId, title }) => (
      <Link
        to="/supplier/products/$productId"
        params={{ productId }}
        className="font-medium text-accent hover:underline"
      >
        {title}
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    sortBy: ({ status }) => status,
    cell: ({ status, visible }) =>
      visible ? (
        <Status tone="green">On offer</Status>
      ) : status === 'listed' ? (
        <Status tone="amber">Waits for your verification</Status>
      ) : (
        <Status>Taken off</Status>
      ),
  },
  ...productColumns.slice(1),
  { id: 'listing', header: 'Listing', cell: (product) => <Listing product={product} /> },
];

/** Products of mine, on offer or not. */
export function MyProducts() {
  const products = server.useQuery('get', '/api/products/my');
  return (
    <Page
      title="Your products"
      wide
      above={
        <Link to="/supplier" className="underline">
          My company
        </Link>
      }
      summary="Buyers find you by these. A price here is a hint; what binds is what you offer in a quote or a response."
      actions={
        <ButtonLink to="/supplier/products/new" variant="primary">
          Add a product
        </ButtonLink>
      }
    >
      <QueryView query={products}>
        {(rows) => (
          <>
            {rows.some(({ status, visible }) => status === 'listed' && !visible) && (
              <Notice tone="amber" title="Buyers do not see your products yet">
                They do as soon as your company is verified. See where your application stands under My company.
              </Notice>
            )}
            <DataTable
              label="Your products"
              columns={columns}
              rows={rows}
              rowKey={({ productId }) => productId}
              textOf={({ title, productType, grade }) => `${title} ${productType} ${grade}`}
              empty={
                <Empty
                  title="You list no product yet"
                  action={<ButtonLink to="/supplier/products/new">Add a product</ButtonLink>}
                >
                  Add the first with its assay and smallest lot: requests are matched by them.
                </Empty>
              }
            />
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** Takes a product off the market or puts it back; each undoes the other. */
export function Listing({ product: { productId, title, status } }: { product: Product }) {
  const refresh = useRefreshProducts();
  const toast = useToast();
  const init = { params: { path: { id: productId } } };
  const list = server.useMutation('post', '/api/products/{id}/list', {
    onSuccess: () => {
      toast(`${title} is listed.`, () => unlist.mutate(init));
      return refresh();
    },
    onError: (error: unknown) => toast(error instanceof Problem ? error.detail : String(error)),
  });
  const unlist = server.useMutation('post', '/api/products/{id}/unlist', {
    onSuccess: () => {
      toast(`${title} is off the market.`, () => list.mutate(init));
      return refresh();
    },
    onError: (error: unknown) => toast(error instanceof Problem ? error.detail : String(error)),
  });
  const isListed = status === 'listed';
  return (
    <Button
      size="sm"
      busy={list.isPending || unlist.isPending}
      onClick={() => (isListed ? unlist : list).mutate(init)}
      aria-label={`${isListed ? 'Take off' : 'List'} ${title}`}
    >
      {isListed ? 'Take off' : 'List'}
    </Button>
  );
}
