import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { Page, Section } from '../design/page.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { Listing, useRefreshProducts } from './my-products.tsx';
import { ProductForm } from './product-form.tsx';

const back = (
  <Link to="/supplier/products" className="underline">
    Your products
  </Link>
);

/** A new product of mine. */
export function AddProduct() {
  const navigate = useNavigate();
  const refresh = useRefreshProducts();
  const toast = useToast();
  const add = server.useMutation('post', '/api/products', {
    onSuccess: async ({ title }) => {
      toast(`${title} is listed.`);
      await refresh();
      await navigate({ to: '/supplier/products' });
    },
  });
  return (
    <Page title="Add a product" above={back}>
      <Section title="The product">
        <ProductForm
          action="List the product"
          problem={add.error}
          busy={add.isPending}
          onProduct={(body) => add.mutate({ body })}
        />
      </Section>
    </Page>
  );
}

/** Changes a product of mine; quotes and orders made before keep what they said. */
export function EditProduct() {
  const { productId } = useParams({ from: '/_app/supplier/products/$productId' });
  const path = { id: productId };
  const refresh = useRefreshProducts();
  const toast = useToast();
  const product = server.useQuery('get', '/api/products/{id}', { params: { path } });
  const change = server.useMutation('put', '/api/products/{id}', {
    onSuccess: async () => {
      toast('The product is saved.');
      await refresh();
    },
  });
  return (
    <QueryView query={product} rows={10}>
      {(it) => (
        <Page
          title={it.title}
          above={back}
          status={<Status tone={it.visible ? 'green' : 'plain'}>{it.visible ? 'On offer' : 'Not on offer'}</Status>}
          summary="Quotes and orders made before keep what they said."
          actions={
            <>
              <ButtonLink to="/products/$productId" params={{ productId }}>
                As buyers see it
              </ButtonLink>
              <Listing product={it} />
            </>
          }
        >
          <Section title="The product">
            <ProductForm
              key={productId}
              product={it}
              action="Save"
              problem={change.error}
              busy={change.isPending}
              onProduct={(body) => change.mutate({ params: { path }, body })}
            />
          </Section>
        </Page>
      )}
    </QueryView>
  );
}
